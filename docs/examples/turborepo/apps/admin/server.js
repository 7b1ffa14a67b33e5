// The staff's side, which forgot to harden itself.
const express = require('express')
const { notFound } = require('@shop/http')

const app = express()
app.get('/reports', (req, res) => {
  res.json([])
})
app.use(notFound)
app.listen(3001)
