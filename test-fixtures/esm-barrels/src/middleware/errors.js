export function notFound(req, res) {
  res.status(404).json({ error: 'Not found' })
}

export function errorHandler(err, req, res, next) {
  req.log.error({ err }, 'request failed')
  if (res.headersSent) return next(err)
  res.status(500).json({ error: 'Internal server error' })
}
