const express = require('express')

const app = express()
exports.app = app
exports.settings = { pageSize: 20 }

app.use(express.json())
require('./threads')
app.use('/members', require('./members').router)
exports.ready = true
require('./late')

app.use((err, req, res, next) => {
  res.status(500).send(err.stack)
})

app.listen(process.env.PORT || 3000)
