import express, { type Express, type ErrorRequestHandler } from 'express'
import cors from 'cors'
import { Inject, Service } from 'typedi'
import { PatientsController } from './PatientsController'
import { AppointmentsController } from './AppointmentsController'
import { LOGGER, PORT } from './tokens'

@Service()
export class Server {
  private readonly app: Express = express()

  constructor(
    @Inject(PORT) private readonly port: number,
    @Inject(LOGGER) private readonly logger: Pick<Console, 'info' | 'error'>,
    private readonly patients: PatientsController,
    appointments: AppointmentsController,
  ) {
    this.app.use(cors({ origin: '*' }))
    this.app.use('/patients', this.patients.routes())
    this.app.use('/appointments', appointments.router)
    this.app.use(this.onError)
  }

  listen(): void {
    this.app.listen(this.port, () => this.logger.info(`clinic on ${this.port}`))
  }

  private onError: ErrorRequestHandler = (error, _req, res, _next) => {
    this.logger.error(error)
    res.status(500).json({ error })
  }
}
