import { StatusServer } from './StatusServer'
import { registerMonitors } from './monitors'
import './metrics'

const server = StatusServer.getInstance()
registerMonitors()
server.open(parseInt(process.env.PORT ?? '3001', 10))
