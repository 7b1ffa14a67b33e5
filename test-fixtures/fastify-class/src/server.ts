import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import helmet from '@fastify/helmet'
import { Items } from './items.js'

export class Server {
  private readonly app: FastifyInstance
  private readonly items = new Items()

  constructor(private readonly port: number) {
    this.app = Fastify({ trustProxy: false }).setValidatorCompiler(() => () => true)
    this.plugins()
    this.routes()
  }

  private plugins(): void {
    this.app.register(helmet, { hsts: { maxAge: 31_536_000 } })
    this.app.addHook('onRequest', this.count)
  }

  private routes(): void {
    this.app.get('/', this.home.bind(this))
    this.app.register((instance, _options, done) => {
      this.items.mount(instance)
      done()
    }, { prefix: '/items' })
  }

  private count = async (): Promise<void> => {
    this.items.requests += 1
  }

  private async home(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await reply.send({ requests: this.items.requests })
  }

  async start(): Promise<void> {
    await this.app.listen({ port: this.port })
  }
}
