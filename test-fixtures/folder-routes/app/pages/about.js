module.exports = app => {
  app.get('/about', (req, res) => {
    res.type('html').send('<h1>About the school</h1>')
  })
}
