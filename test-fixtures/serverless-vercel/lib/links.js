const known = new Map()

module.exports = {
  create(req, res) {
    const code = Math.random().toString(36).slice(2, 8)
    known.set(code, req.body.url)
    res.status(201).json({ code })
  },

  follow(req, res, next) {
    if (!req.params.code.trim()) return next(new Error('empty code'))
    const url = known.get(req.params.code)
    if (!url) return res.status(404).json({ error: 'Unknown link' })
    res.redirect(url)
  },
}
