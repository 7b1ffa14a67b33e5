// The server as a program of its own, as the extension starts it.
import { startServer } from './start.js'
import { VERSION } from './version.js'

startServer(VERSION)
