const express = require('express')
const { threads, all } = require('./threads')
const members = require('./members')

const posts = express.Router({ mergeParams: true })

threads.get('/latest', (req, res) => res.json(all[all.length - 1]))
posts.get('/', (req, res) => res.json({ thread: req.params.thread, authors: members.names() }))

module.exports = posts
