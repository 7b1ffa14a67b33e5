export default ({ store }) =>
  app => {
    const check = (name, test) => app.get(`/health/${name}`, (_req, res) => res.json({ [name]: test() }))
    check('live', () => true)
    check('database', () => store.ping())
  }
