const express = require('express')
const router = express.Router()
const students = []

router
  .get('/', (req, res) => res.json(students))
  .get('/top', (req, res) => res.json(students.find(each => each.best).name))
  .post('/', (req, res) => {
    students.push(req.body)
    res.status(201).json({ id: students.length })
  })

module.exports = router
