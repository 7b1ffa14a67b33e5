import { Interceptor, type Action, type InterceptorInterface } from 'routing-controllers'

@Interceptor()
export class Shout implements InterceptorInterface {
  intercept(action: Action, content: unknown): unknown {
    return typeof content === 'string' ? content.toUpperCase() : content
  }
}
