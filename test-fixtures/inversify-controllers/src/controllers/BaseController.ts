import { BaseHttpController, httpGet } from 'inversify-express-utils'

export class BaseController extends BaseHttpController {
  @httpGet('/version')
  version() {
    return this.json({ version: '2.0.0' })
  }
}
