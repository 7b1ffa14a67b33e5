const { version } = require('../../package.json')

module.exports = function (app) {
  app.get('/version', (req, res) => res.json({ version, node: process.version }))
}
