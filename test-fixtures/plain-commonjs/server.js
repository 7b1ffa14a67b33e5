const express = require('express')
const cors = require('cors')

const app = express()
const notes = [{ id: 1, text: 'water the plants' }]

app.use(cors())
app.use(express.json())

app.get('/health', (req, res) => {
  res.json({ ok: true })
})

app.get('/notes', (req, res) => {
  res.json(notes)
})

app.get('/notes/:id', (req, res) => {
  const note = notes.find(each => each.id === Number(req.params.id))
  if (!note) return res.status(404).json({ error: 'not found' })
  res.json(note)
})

app.post('/notes', (req, res) => {
  const note = { id: notes.length + 1, text: req.body.text }
  notes.push(note)
  console.log('note added', note.id)
  res.status(201).json(note)
})

app.delete('/notes/:id', (req, res) => {
  const at = notes.findIndex(each => each.id === Number(req.params.id))
  if (at >= 0) notes.splice(at, 1)
  res.status(204).end()
})

app.get('/report', (req, res, next) => {
  try {
    res.json(notes.map(note => note.owner.name))
  } catch (err) {
    next(err)
  }
})

app.use((err, req, res, next) => {
  console.error(err)
  res.status(500).json({ message: err.message, stack: err.stack })
})

const port = process.env.PORT || 3000
app.listen(port, () => {
  console.log(`listening on ${port}`)
})
