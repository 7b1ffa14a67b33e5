import { Authorized, Get, JsonController, Param } from 'routing-controllers'

@JsonController('/members')
export class Members {
  @Authorized()
  @Get('/:id')
  one(@Param('id') id: string) {
    return { id }
  }
}
