import { controller, httpGet } from 'inversify-express-utils'
import { BaseController } from './BaseController'

@controller('/status')
export class StatusController extends BaseController {
  @httpGet('/')
  async status() {
    return { ok: true }
  }
}
