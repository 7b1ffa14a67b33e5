import 'reflect-metadata'
import { Container } from 'typedi'
import { Server } from './Server'
import { PORT, LOGGER } from './tokens'

Container.set(PORT, Number(process.env.PORT) || 3000)
Container.set(LOGGER, console)

Container.get(Server).listen()
