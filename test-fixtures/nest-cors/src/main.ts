import { createServer } from './server'

void createServer({ cors: { origin: true, credentials: true } }).then((app) => app.listen(Number(process.env.PORT)))
