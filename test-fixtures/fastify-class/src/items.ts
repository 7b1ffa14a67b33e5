import type { FastifyInstance } from 'fastify'

export class Items {
  requests = 0
  readonly #items = ['lamp']

  mount(fastify: FastifyInstance): void {
    fastify.get('/', async () => this.#items)
    fastify.route({
      method: ['PUT', 'PATCH'],
      url: '/:name',
      preHandler: [this.lower],
      handler: async (request) => {
        this.#items.push((request.params as { name: string }).name)
        return { count: this.#items.length }
      },
    })
  }

  private lower = async (): Promise<void> => {}
}
