import { Server } from './server'

void new Server(Number(process.env.PORT)).start()
