// Plugins of Fastify: what they do to the requests of the context that registers them. All share that context (fastify-plugin).

/** One effect per line, in the notation of packageTable.ts. `factory` counts once it is registered, with the options of the registration. */
export const fastifyPackages = `
framework: fastify fastify4 fastify-cli
middleware validation: fastify#schema
wrapper: fastify-plugin
factory security-headers csp hsts: @fastify/helmet @fastify/helmet#fastifyHelmet fastify-helmet
factory cors: @fastify/cors @fastify/cors#fastifyCors fastify-cors
factory rate-limit: @fastify/rate-limit @fastify/rate-limit#fastifyRateLimit @fastify/rate-limit#rateLimit fastify-rate-limit
factory cookies: @fastify/cookie @fastify/cookie#fastifyCookie fastify-cookie
factory session: @fastify/session @fastify/session#fastifySession @fastify/secure-session fastify-session fastify-secure-session
factory upload: @fastify/multipart @fastify/multipart#fastifyMultipart fastify-multipart fastify-multer fastify-file-upload
factory static: @fastify/static @fastify/static#fastifyStatic fastify-static
factory compression: @fastify/compress fastify-compress
factory body-parser: @fastify/formbody fastify-formbody fastify-xml-body-parser
factory metrics: fastify-metrics fastify-prom-client @immobiliarelabs/fastify-metrics
factory health: fastify-healthcheck fastify-custom-healthcheck
factory docs: @fastify/swagger-ui @fastify/swagger-ui#fastifySwaggerUi @scalar/fastify-api-reference
factory view: @fastify/view point-of-view
factory auth: @fastify/passport#authenticate @fastify/passport#authorize @fastify/bearer-auth fastify-bearer-auth
middleware csrf: @fastify/csrf-protection#csrfProtection
middleware auth: @fastify/basic-auth#basicAuth @fastify/bearer-auth#verifyBearerAuth
compose: @fastify/auth#auth
token: @fastify/jwt#jwt
env-schema: @fastify/env fastify-env
error: @fastify/error fastify-error @fastify/sensible#httpErrors
none: @fastify/jwt @fastify/jwt#fastifyJwt fastify-jwt @fastify/csrf-protection @fastify/csrf-protection#fastifyCsrfProtection fastify-csrf
  @fastify/swagger @fastify/swagger#fastifySwagger fastify-swagger @fastify/sensible fastify-sensible @fastify/auth fastify-auth
  @fastify/basic-auth fastify-basic-auth @fastify/under-pressure under-pressure @fastify/autoload fastify-autoload @fastify/middie middie
  @fastify/express fastify-express @fastify/websocket fastify-websocket @fastify/redis fastify-redis @fastify/postgres fastify-postgres
  @fastify/mongodb fastify-mongodb @fastify/mysql fastify-mysql @fastify/elasticsearch @fastify/kafka @fastify/leveldb @fastify/awilix
  @fastify/request-context fastify-request-context @fastify/schedule @fastify/accepts @fastify/accepts-serializer @fastify/etag
  @fastify/caching fastify-caching @fastify/circuit-breaker @fastify/http-proxy fastify-http-proxy @fastify/reply-from fastify-reply-from
  @fastify/oauth2 fastify-oauth2 @fastify/passport fastify-passport @fastify/flash @fastify/url-data @fastify/response-validation
  @fastify/throttle @fastify/early-hints @fastify/funky @fastify/hotwire @fastify/nextjs @fastify/vite @fastify/react @fastify/routes
  @fastify/routes-stats @fastify/server-timing @fastify/soap-client @fastify/type-provider-json-schema-to-ts
  @fastify/type-provider-typebox @fastify/type-provider-zod @fastify/zipkin @fastify/diagnostics-channel @fastify/any-schema
  @fastify/ajv-compiler @fastify/jwt-jwks @fastify/otel @fastify/one-line-logger @fastify/error-page @fastify/formbody-parser
  fastify-type-provider-zod fastify-zod fastify-raw-body fastify-graceful-shutdown fastify-axios fastify-sse-v2 fastify-sse
  fastify-socket.io fastify-nodemailer fastify-mailer fastify-mongoose fastify-typeorm-plugin fastify-objectionjs fastify-knexjs
  fastify-bcrypt fastify-favicon fastify-print-routes fastify-log fastify-list-routes fastify-disablecache fastify-language-parser
  fastify-i18n fastify-polyglot fastify-hashids fastify-cron fastify-bullmq fastify-openapi-glue fastify-swagger-ui
  @mgcrea/fastify-graceful-exit mercurius mercurius-auth mercurius-upload @as-integrations/fastify @trpc/server/adapters/fastify
  @bull-board/fastify fastify-auth0-verify fastify-jwt-jwks @autotelic/fastify-webhooks @clerk/fastify @sentry/node-fastify
`
