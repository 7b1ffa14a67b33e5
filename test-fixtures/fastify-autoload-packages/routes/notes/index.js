export default async function notes(app) {
  app.get('/', async () => [])
  app.get('/:id', { config: { rateLimit: { max: 5, timeWindow: '1 minute' } } }, async (request) => ({ id: request.params.id }))
}
