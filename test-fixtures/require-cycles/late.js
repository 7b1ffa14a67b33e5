const { app, ready } = require('./app')

if (ready) {
  app.get('/late', (req, res) => res.json({ late: true }))
}
