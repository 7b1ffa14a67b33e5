import { Controller, Get, Post } from '@nestjs/common'

@Controller('cats')
export class CatsController {
  @Get()
  list() {
    return []
  }

  @Get(':id')
  one() {
    return {}
  }
}

@Controller('health')
export class HealthController {
  @Get()
  check() {
    return { ok: true }
  }

  @Get('deep')
  deep() {
    return { ok: true }
  }
}

@Controller('hooks')
export class HooksController {
  @Get(':name')
  show() {
    return {}
  }

  @Post(':name')
  receive() {
    return {}
  }
}

@Controller('status')
export class StatusController {
  @Get()
  all() {
    return []
  }

  @Get('queues')
  queues() {
    return []
  }
}
