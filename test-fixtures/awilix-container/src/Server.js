const express = require('express')
const helmet = require('helmet')

class Server {
  constructor({ config, router, logger }) {
    this.config = config
    this.logger = logger
    this.express = express()
    this.express.disable('x-powered-by')
    this.express.use(helmet())
    this.express.use('/api', router)
    this.express.use((err, req, res, next) => {
      this.logger.error({ err }, 'request failed')
      res.status(500).json({ error: 'Internal error' })
    })
  }

  start() {
    return new Promise(resolve => {
      const http = this.express.listen(this.config.port, () => {
        this.logger.info(`listening on ${http.address().port}`)
        resolve()
      })
    })
  }
}

module.exports = Server
