import { Server } from './server.js'

const server = new Server(Number(process.env.PORT))
void server.start()
