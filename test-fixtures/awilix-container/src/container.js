const { createContainer, asClass, asFunction, asValue, InjectionMode } = require('awilix')
const Server = require('./Server')
const router = require('./router')
const booksController = require('./books')
const SessionsController = require('./sessions')
const pino = require('pino')

const container = createContainer({ injectionMode: InjectionMode.PROXY })

container
  .register({
    server: asClass(Server).singleton(),
    router: asFunction(router).singleton(),
    config: asValue({ port: process.env.PORT || 3000, attempts: 5 }),
  })
  .register('booksController', asFunction(booksController).scoped())
  .register({
    sessionsController: asClass(SessionsController),
    logger: asFunction(() => pino({ level: process.env.LOG_LEVEL || 'info' })).singleton(),
  })

module.exports = container
