// Customers' side: hardened by what both applications share, and one route that logs too much.
const express = require('express')
const { harden } = require('@shop/http')

const app = express()
harden(app)
app.get('/orders/:id', (req, res) => {
  console.log(`order ${req.params.id}`)
  res.json({ id: req.params.id })
})
app.listen(3000)
