const express = require('express')
const { security, parsing } = require('./middleware')
const table = require('./routes')

const app = express()
const everything = [...security, parsing]
app.use(everything)

for (const { path, router } of table.routers) {
  app.use(path, router)
}

Object.entries(table.single).forEach(([path, { method, handlers }]) => {
  app[method](path, ...handlers)
})

const verbs = ['get', 'delete']
verbs.map(verb => app[verb]('/admin/cache', table.forbidden))

app.use((req, res) => res.status(404).json({ error: 'no such page' }))
app.use((err, req, res, next) => {
  res.status(500).json({ error: 'internal' })
})

app.listen(Number(process.env.PORT) || 3000)
