const { Router } = require('express')
const { rateLimit } = require('express-rate-limit')

const stock = new Map([['a1', { id: 'a1', count: 7 }]])
const items = Router()

items.param('id', (req, res, next, id) => {
  req.item = stock.get(id)
  if (!req.item) return res.status(404).json({ error: 'no such item' })
  next()
})
items.get('/', (req, res) => res.json([...stock.values()]))
items
  .route('/:id')
  .all((req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  .get((req, res) => res.json(req.item))
  .put((req, res) => {
    req.item.count = Number(req.body.count)
    res.json(req.item)
  })

const warehouses = new Router()
warehouses.all('/:name', (req, res) => {
  if (req.params.name === 'south') throw new Error('south is closed')
  res.json({ warehouse: req.params.name })
})

const limiter = rateLimit({ windowMs: 60 * 1000, max: 50 })

exports.routers = [
  { path: '/items', router: [limiter, items] },
  { path: '/warehouses', router: warehouses },
]
exports.single = {
  '/ping': { method: 'get', handlers: [(req, res) => res.send('pong')] },
  '/imports': { method: 'post', handlers: [limiter, (req, res) => res.status(202).end()] },
}
exports.forbidden = (req, res) => res.status(403).json({ error: 'forbidden' })
