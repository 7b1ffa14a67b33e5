module.exports = class SessionsController {
  constructor({ logger }) {
    this.logger = logger
    this.create = this.create.bind(this)
  }

  create(req, res) {
    this.logger.warn({ ip: req.ip }, 'sign-in refused')
    res.status(401).json({ error: 'Unknown card' })
  }
}
