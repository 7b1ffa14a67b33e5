import { Router } from 'express'
import { problem } from '@transit/shared'

export const stops = Router()

stops.get('/', (_req, res) => void res.json([{ id: 12, name: 'Harbour' }]))
stops.get('/:id/departures', (req, res, next) => {
  if (req.params.id === '0') return next(new Error('timetable service did not answer'))
  if (req.params.id !== '12') return next(problem(404, 'No such stop'))
  res.json([{ line: 'M1', minutes: 4 }])
})
