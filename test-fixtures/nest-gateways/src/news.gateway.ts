import { UseGuards } from '@nestjs/common'
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets'
import { MemberGuard } from './enhancers'

@UseGuards(MemberGuard)
@WebSocketGateway()
export class NewsGateway {
  @SubscribeMessage('latest')
  latest() {
    return { news: [] }
  }
}
