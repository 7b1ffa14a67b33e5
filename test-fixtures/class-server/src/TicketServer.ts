import helmet from 'helmet'
import cors from 'cors'
import { BaseServer } from './BaseServer.js'
import type { Controller } from './Controller.js'
import { AuthController } from './AuthController.js'
import { TicketController } from './TicketController.js'

export class TicketServer extends BaseServer {
  protected override configure(): void {
    this.app.use(helmet())
    this.app.use(cors({ origin: true, credentials: true }))
    super.configure()
  }

  protected routes(): void {
    const controllers: Controller[] = [new TicketController(), new AuthController()]
    for (const controller of controllers) {
      this.app.use(`/api/v1${controller.path}`, controller.router)
    }
  }
}
