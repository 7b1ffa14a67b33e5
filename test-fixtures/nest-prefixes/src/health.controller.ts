import { Controller, Get, VERSION_NEUTRAL } from '@nestjs/common'

@Controller({ version: VERSION_NEUTRAL })
export class HealthController {
  @Get('health')
  health() {
    return { status: 'ok' }
  }

  @Get('ready')
  ready() {
    return { status: 'ok' }
  }
}
