import { UseGuards, UseInterceptors, UsePipes } from '@nestjs/common'
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets'
import { Socket } from 'socket.io'
import { EchoInterceptor, MemberGuard, TrimPipe } from './enhancers'

@WebSocketGateway()
@UseInterceptors(EchoInterceptor)
export class ChatGateway {
  @SubscribeMessage('say')
  say(@MessageBody() text: string) {
    return { text }
  }

  @SubscribeMessage('tell')
  @UseGuards(MemberGuard)
  @UsePipes(TrimPipe)
  tell(@MessageBody() text: string, @ConnectedSocket() client: Socket) {
    return { text, to: client.id }
  }
}
