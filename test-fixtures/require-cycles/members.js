const { Router } = require('express')
const { ready } = require('./app')

exports.names = () => ['ada', 'grace']
exports.router = Router()

if (ready) {
  exports.router.get('/never', (req, res) => res.end())
}
exports.router.get('/', (req, res) => res.json(exports.names()))
exports.router.get('/broken', () => {
  throw new Error('members table is missing')
})
