// Packages that limit, slow down or shed requests.

/** One effect per line, in the notation of packageTable.ts. */
export const limitPackages = `
factory rate-limit: express-rate-limit express-rate-limit#rateLimit express-rate-limit#RateLimit express-brute#().getMiddleware
  express-limiter#() express-throttle express-rate-limiter#().middleware express-limit#limit express-redis-rate-limit
  express-defend#protect
  redis-rate-limiter#().middleware connect-ratelimit
store: express-rate-limit#MemoryStore express-brute#MemoryStore express-brute-redis express-brute-mongo express-brute-mongoose
  express-brute-memcached express-limit#RedisStore rate-limit-redis rate-limit-mongo rate-limit-memcached rate-limit-postgresql
  @acpr/rate-limit-postgresql @express-rate-limit/cluster-memory-store precise-memory-rate-limit cluster-store
none: express-rate-limit#ipKeyGenerator express-brute#().reset express-limit ddos#().koa @upstash/ratelimit
  @upstash/ratelimit#Ratelimit.slidingWindow @upstash/ratelimit#Ratelimit.fixedWindow @upstash/ratelimit#Ratelimit.tokenBucket
  graphql-rate-limit graphql-rate-limit-directive bottleneck p-limit p-throttle p-queue toobusy-js toobusy express-recaptcha
factory slow-down: express-slow-down express-slow-down#slowDown
limiter-class rate-limit: rate-limiter-flexible rate-limiter-flexible#RLWrapperBlackAndWhite express-brute express-rate-limiter
  express-bouncer ddos express-defend @upstash/ratelimit#Ratelimit @arcjet/node @unkey/ratelimit limiter limiter#RateLimiter
  limiter#TokenBucket ratelimiter async-ratelimiter redis-rate-limiter rolling-rate-limiter simple-rate-limiter tokenbucket
  lambda-rate-limiter
middleware rate-limit: express-brute#().prevent express-bouncer#().block ddos#().express
limiter-class: express-limiter
factory: express-throttle-bandwidth overload-protection express-queue express-concurrency-limit
middleware: express-recaptcha#().middleware.verify
`
