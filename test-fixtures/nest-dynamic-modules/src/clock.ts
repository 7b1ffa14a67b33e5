import { Injectable } from '@nestjs/common'

export const CLOCK = Symbol('clock')

@Injectable()
export class ClockService {
  now(): number {
    return 0
  }
}

export function clockFactory(clock: ClockService) {
  return () => clock.now()
}
