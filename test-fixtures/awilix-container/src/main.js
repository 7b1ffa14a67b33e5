const container = require('./container')

const server = container.resolve('server')

server.start().catch(error => {
  container.resolve('logger').fatal({ err: error }, 'start failed')
  process.exit(1)
})
