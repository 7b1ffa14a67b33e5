import { TicketServer } from './TicketServer.js'

const server = new TicketServer(Number(process.env.PORT ?? 3000))
server.start()
