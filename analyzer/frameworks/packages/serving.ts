// Packages that answer or shape requests: static files, documents, proxies, GraphQL, sockets, views; wrappers, containers and frameworks.

/** One effect per line, in the notation of packageTable.ts. */
export const servingPackages = `
framework: express express#Router parse-server fast-gateway express-gateway json-server mongo-express node-red payload @directus/api
  inversify-express-utils routing-controllers @tsed/common @overnightjs/core tsoa @decorators/express ts-express-decorators
  @feathersjs/express @loopback/rest loopback fastify @nestjs/core @nestjs/common @nestjs/platform-express @nestjs/platform-fastify koa
  @koa/router koa-router @hapi/hapi hapi restify polka hono @hono/node-server elysia @adonisjs/core sails moleculer moleculer-web connect
  @tinyhttp/app micro h3 nitro find-my-way router hyper-express ultimate-express total.js egg midway @midwayjs/core foal @foal/core
  actionhero meteor strapi @strapi/strapi keystone @keystone-6/core @google-cloud/functions-framework probot @slack/bolt shopify-express
  @shopify/shopify-app-express
factory auth: routing-controllers#Authorized
schema validation: @tsoa/runtime#ExpressTemplateService().getValidatedArgs @tsoa/runtime#ValidationService().ValidateParam
  tsoa#ExpressTemplateService().getValidatedArgs tsoa#ValidationService().ValidateParam
factory validation: @zodios/express#zodiosApp @zodios/express#zodiosRouter
none: @zodios/express @ts-rest/express @ts-rest/core
error: @tsoa/runtime#ValidateError tsoa#ValidateError
none: @tsoa/runtime
factory body-parser: express#json express#urlencoded express#raw express#text
factory static: express#static serve-static express-static-gzip serve-index serve-favicon ecstatic st sirv connect-history-api-fallback
  express-history-api-fallback-middleware
none: serve-handler express-timeout-handler express-useragent express-device request-ip express-subdomain i18next-http-middleware
  i18next-express-middleware i18n accept-language-parser express-sitemap swagger-ui-express swagger-ui-express#generateHTML swagger-jsdoc
  swagger-autogen @scalar/express-api-reference swagger-ui-dist express-openapi-generator express-list-endpoints rapidoc swagger-parser
  @apidevtools/swagger-parser @bull-board/express @bull-board/api apollo-server-express apollo-server-express#ApolloServer
  apollo-server-express#gql @apollo/server @apollo/server/express4 @as-integrations/express4 @as-integrations/express5
  graphql-http/lib/use/express graphql-http graphql-yoga graphql-upload graphql-voyager/middleware mercurius @trpc/server/adapters/express
  @trpc/server @connectrpc/connect-express uploadthing/express inngest inngest/express http-proxy-middleware#fixRequestBody
  http-proxy-middleware#responseInterceptor http-proxy prerender stylus vite next nuxt @remix-run/express @react-router/express
  @sveltejs/kit @angular/ssr @nguniversal/express-engine express-cache-ctrl express-redis-cache route-cache express-sse better-sse
  admin-bro adminjs @adminjs/express express-paginate async-middleware @awaitjs/express middleware-async connect-sequence
  express-list-routes aws-serverless-express @octokit/webhooks @line/bot-sdk express-mung on-finished on-headers http-terminator stoppable
  close-with-grace server-destroy http-graceful-shutdown http-shutdown terminus x402-express @coinbase/x402 x402
factory: history express-minify express-minify-html serve-placeholder method-override connect-timeout express-timeout-handler#handler
  express-useragent#express express-device#capture request-ip#mw express-ip express-request-language express-vhost
  i18next-http-middleware#handle i18next-express-middleware#handle express-locale express-robots-txt express-robots express-sitemap-xml
  @connectrpc/connect-express#expressConnectMiddleware node-sass-middleware less-middleware stylus#middleware webpack-dev-middleware
  webpack-hot-middleware connect-livereload express-cache-controller express-redis-cache#().route route-cache#cacheSeconds
  express-expeditious express-etag express-device-detector express-paginate#middleware express-fingerprint
  express-maintenance express-no-favicons awilix-express#scopePerRequest express-urlrewrite connect-slashes express-slash
  express-enforces-trailing-slash express-trim connect-modrewrite express-mung#json express-mung#headers express-xml express-interceptor
   express-version-route express-routes-versioning express-visitor-counter x402-express#paymentMiddleware
answering-factory static: express-history-api-fallback
factory compression: compression shrink-ray-current express-compression compression-next
compose: vhost middleware-async#combineMiddlewares express-conditional-middleware compose-middleware compose-middleware#compose
  compose-middleware#errors connect-compose koa-compose express-compose express-middleware-compose middleware-compose throwback
  throwback#compose
answering-factory: i18next-http-middleware#missingKeyHandler i18next-http-middleware#getResourcesHandler @bull-board/express#().getRouter
  arena-bull bull-arena apollo-server-express#ApolloServer().getMiddleware @apollo/server/express4#expressMiddleware
  @as-integrations/express4#expressMiddleware @as-integrations/express5#expressMiddleware express-graphql express-graphql#graphqlHTTP
  graphql-http/lib/use/express#createHandler graphql-yoga#createYoga postgraphile @trpc/server/adapters/express#createExpressMiddleware
  parse-dashboard inngest/express#serve http-proxy-middleware http-proxy-middleware#createProxyMiddleware
  http-proxy-middleware#legacyCreateProxyMiddleware express-http-proxy proxy-middleware express-request-proxy
  @remix-run/express#createRequestHandler @react-router/express#createRequestHandler express-pouchdb @adminjs/express#buildRouter
middleware: i18n#init prerender-node express-domain-middleware express-end express-hateoas-links
middleware docs: swagger-ui-express#serve
answering-factory docs: swagger-ui-express#setup redoc-express @scalar/express-api-reference#apiReference
  graphql-playground-middleware-express graphql-voyager/middleware#express
factory docs: swagger-ui-express#serveFiles swagger-ui-express#serveWithOptions
plugin docs: express-jsdoc-swagger express-swagger-generator express-oas-generator
plugin: apollo-server-express#().applyMiddleware @ts-rest/express vite-express express-ws express-restify-mongoose express-group-routes
  express-routes-loader express-load consign
factory upload: graphql-upload#graphqlUploadExpress graphql-upload/graphqlUploadExpress.mjs graphql-upload/graphqlUploadExpress.js
answering-factory upload: uploadthing/express#createRouteHandler
middleware view: express-ejs-layouts
template: express-handlebars express-hbs express-react-views
factory view: express-partials
answering: nuxt#render express-sse#().init
cache: memory-cache
answering-factory auth: @adminjs/express#buildAuthenticatedRouter
socket: socket.io ws uWebSockets.js sockjs primus faye engine.io websocket socketcluster-server @socket.io/redis-adapter
  @socket.io/cluster-adapter @socket.io/sticky @socket.io/admin-ui socket.io-client socketio-jwt peer y-websocket pusher ably graphql-ws
  graphql-ws/lib/use/ws subscriptions-transport-ws
wrapper async-errors: express-async-handler express-async-wrap express-async-wrapper async-express-handler express-asyncify
  express-wrap-async async-handler-express express-promise-wrap express-handler-wrapper express-wrap async-middleware#wrap
   @awaitjs/express#wrap @awaitjs/express#addAsync middleware-async#asyncMiddleware async-error-handler express-catch

framework async-errors: express-async-router express-promise-router
wrapper: express-unless-middleware serverless-http azure-function-express azure-aws-serverless-express @fastify/aws-lambda aws-lambda-fastify @vendia/serverless-express @codegenie/serverless-express
container: typedi awilix inversify tsyringe bottlejs injection-js @fluffy-spoon/inverse node-dependency-injection power-di electrolyte
  awilix-express awilix-express#makeInvoker
cloud: firebase-functions
logger: firebase-functions#logger firebase-functions/logger
answering-factory webhook-signature: @octokit/webhooks#createNodeMiddleware
token webhook-signature: svix standardwebhooks
factory webhook-signature: @line/bot-sdk#middleware express-github-webhook twilio#webhook
sms: twilio
factory logging: express-pino
`
