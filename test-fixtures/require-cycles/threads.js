const { Router } = require('express')
const main = require('./app')

const threads = Router()
exports.threads = threads
exports.all = [{ id: 1, title: 'Welcome', author: 'ada' }]

threads.get('/', (req, res) => res.json(exports.all.slice(0, main.settings.pageSize)))
const posts = require('./posts')
threads.use('/:thread/posts', posts)

main.app.use('/threads', threads)
