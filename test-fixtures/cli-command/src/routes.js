const express = require('express')

module.exports = flows => {
  const router = express.Router()
  router.get('/ping', (req, res) => res.send('pong'))
  router.get('/flows', (req, res) => res.json(flows))
  router.get('/flows/none', (req, res, next) => next(new Error('flow table missing')))
  router.post('/flows', (req, res) => {
    flows.push(req.body.name)
    res.status(201).json({ id: flows.length })
  })
  return router
}
