import { createService } from '@transit/shared'
import { stops } from './stops'

const app = createService({
  origins: ['https://transit.example'],
  routes: service => {
    service.use('/stops', stops)
  },
})

app.listen(process.env.PORT ?? 3000)
