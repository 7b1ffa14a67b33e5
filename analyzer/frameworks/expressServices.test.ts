// APIs that middleware of packages answers: routes with what stands in front of them.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { protectsRoute } from '../model/queries.js'

/** `POST /graphql limited`. */
function routes(imports: string, code: string): readonly string[] {
  const model = modelOf(`
    //- /package.json
    { "type": "module", "dependencies": { "express": "^4.21.0" } }
    //- /app.js
    import express from 'express'
    import { rateLimit } from 'express-rate-limit'
    ${imports}
    const app = express()
    ${code}
    app.listen(3000)
  `)
  return model.routes.map(
    (route) => `${route.method} ${route.path}${protectsRoute(model, route, 'rate-limit').answer === 'yes' ? ' limited' : ''}`,
  )
}

const proxy = "import { createProxyMiddleware } from 'http-proxy-middleware'"
const yoga = "import { createYoga } from 'graphql-yoga'\n    const yoga = createYoga({ schema, graphqlEndpoint: '/query' })"
const both = (path: string): readonly string[] => [`GET ${path}`, `POST ${path}`]

test.each([
  [
    "import { ApolloServer } from '@apollo/server'\n    import { expressMiddleware } from '@apollo/server/express4'",
    "app.use('/graphql', rateLimit(), express.json(), expressMiddleware(new ApolloServer({ schema })))",
    both('/graphql').map((route) => `${route} limited`),
  ],
  [
    "import { ApolloServer } from 'apollo-server-express'",
    'const server = new ApolloServer({ schema }); server.applyMiddleware({ app }); app.use(rateLimit())',
    both('/graphql'),
  ],
  [
    "import { ApolloServer } from 'apollo-server-express'",
    "app.use('/api', new ApolloServer({}).getMiddleware({ path: '/q' }))",
    both('/api/q'),
  ],
  ["import { graphqlHTTP } from 'express-graphql'", "app.use('/stats', graphqlHTTP({ schema }))", both('/stats')],
  [yoga, 'app.use(yoga.graphqlEndpoint, yoga)', both('/query')],
  [yoga, 'app.use(yoga)', both('/query')],
  [yoga, "app.use('/other', yoga)", both('/other')],
  [
    "import { createExpressMiddleware } from '@trpc/server/adapters/express'",
    "app.use('/trpc', createExpressMiddleware({ router }))",
    ['ALL /trpc/:path'],
  ],
  [proxy, "app.use(rateLimit()); app.use('/billing/', createProxyMiddleware({ target }))", ['ALL /billing/* limited']],
  [proxy, "app.use(createProxyMiddleware(['/a', '/b'], { target }))", ['ALL /a/*', 'ALL /b/*']],
  [proxy, "app.use(createProxyMiddleware({ target, pathFilter: '/c' }))", ['ALL /c/*']],
  [proxy, 'app.use(createProxyMiddleware({ target }))', ['ALL /*']],
  [proxy, "if (process.env.NODE_ENV === 'development') app.use(createProxyMiddleware({ target }))", []],
  ["import swagger from 'swagger-ui-express'", "app.use('/docs', swagger.serve, swagger.setup(document))", []],
])('%s %s', (imports, code, expected) => {
  expect(routes(imports, code)).toEqual(expected)
})
