import express from 'express'
import helmet from 'helmet'

export const makeApp = () => {
  const app = express()
  const receipts = []
  return app
    .use(helmet())
    .use(express.json())
    .get('/receipts', (req, res) => res.json(receipts))
    .get('/receipts/broken', () => {
      throw new Error('bucket receipts-prod not found')
    })
    .post('/receipts', (req, res) => {
      receipts.push(req.body)
      res.status(201).json({ id: receipts.length })
    })
}
