import express from 'express'
import helmet from 'helmet'
import { slowDownCrowds } from './crowds.js'

const app = express()
const pictures = express.Router({ caseSensitive: true, strict: true })

app.use(helmet({ hsts: false }), slowDownCrowds)
app.use('/pictures', pictures)

pictures.get('/', (_req, res) => res.json([]))
pictures.get('/:id{/:size}', (req, res) => res.json({ id: req.params.id, size: req.params.size ?? 'small' }))
pictures.all('/:id', (req, res) => res.status(405).set('Allow', 'GET').end())

app.get('/static/*file', (req, res) => res.type('css').send(`/* ${req.params.file.join('/')} */`))
app.get('/broken', async () => {
  throw new Error('pictures bucket is gone')
})

const server = await new Promise(resolve => {
  const listening = app.listen(Number(process.env.PORT), () => resolve(listening))
})
app.get('/late', (_req, res) => res.json({ port: server.address().port }))
