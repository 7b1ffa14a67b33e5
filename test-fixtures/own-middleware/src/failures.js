export const failures = (error, request, response, next) => {
  process.stderr.write(`${request.method} ${request.path}: ${error.stack}\n`)
  if (response.headersSent) {
    next(error)
    return
  }
  response.status(500).json({ error: 'Something went wrong' })
}
