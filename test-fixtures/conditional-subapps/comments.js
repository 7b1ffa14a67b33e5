const { Router } = require('express')

const comments = Router()
comments.get('/', (req, res) => res.json([]))

module.exports = comments
