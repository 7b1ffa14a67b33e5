import { ArgumentsHost, Catch, ExceptionFilter, HttpException } from '@nestjs/common'

@Catch()
export class EverythingFilter implements ExceptionFilter {
  catch(exception: any, host: ArgumentsHost): void {
    const status = exception instanceof HttpException ? exception.getStatus() : 500
    host.switchToHttp().getResponse().status(status).json({ statusCode: status, message: exception.message, trace: exception.stack })
  }
}

@Catch()
export class QuietFilter implements ExceptionFilter {
  catch(_exception: unknown, host: ArgumentsHost): void {
    host.switchToHttp().getResponse().status(500).json({ message: 'Internal server error' })
  }
}
