const express = require('express')
const helmet = require('helmet')
const flowRoutes = require('./routes')
const { getLimiter } = require('./limiter')

exports.FlowServer = class FlowServer {
  app = express()
  flows = []

  async initialise() {
    const limiter = await getLimiter()
    this.app.use(helmet({ contentSecurityPolicy: { directives: { scriptSrc: ["'self'", "'unsafe-inline'"] } } }))
    this.app.use(express.json({ limit: process.env.FILE_LIMIT || '50mb' }))
    this.app.use('/api/v1', (req, res, next) => (req.path.startsWith('/ping') ? next() : limiter(req, res, next)))
    this.app.use('/api/v1', flowRoutes(this.flows))
    this.app.use((err, req, res, next) => {
      res.status(500).json({ message: err.message, stack: process.env.NODE_ENV === 'development' ? err.stack : undefined })
    })
  }

  async listen(port) {
    return new Promise(resolve => this.app.listen(port, resolve))
  }
}
