import type { ErrorRequestHandler } from 'express'

export const problem = (status: number, title: string): Error => Object.assign(new Error(title), { status })

export const sendProblem: ErrorRequestHandler = (error, _req, res, next) => {
  if (res.headersSent) return next(error)
  const status = typeof error.status === 'number' ? error.status : 500
  res.status(status).json({ status, title: status < 500 ? error.message : 'Internal error' })
}
