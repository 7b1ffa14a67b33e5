// Middleware of many sorts in front of one route. Each text stands where the application registers its layers; `/` answers after it.

/** A title and statements over `app`, `express`, `helmet`, `rateLimit` (express-rate-limit) and `pass` (middleware that does nothing). */
export const behaviours: Readonly<Record<string, string>> = {
  'nothing at all': ``,
  'helmet as it comes': `app.use(helmet())`,
  'helmet on another path': `app.use('/admin', helmet())`,
  'helmet in an array with others': `app.use([pass, [helmet(), pass]])`,
  'helmet behind a wrapper that calls it': `const headers = helmet(); app.use((req, res, next) => headers(req, res, next))`,
  'helmet behind a wrapper that spares one path': `const headers = helmet(); app.use((req, res, next) => (req.path === '/raw' ? next() : headers(req, res, next)))`,
  'parts of helmet': `app.use(helmet.frameguard(), helmet.noSniff()); app.use(helmet.hsts({ maxAge: 31536000 })); app.use(helmet.referrerPolicy())`,
  'one part of helmet': `app.use(helmet.ieNoOpen())`,
  'helmet without a policy and without HSTS': `app.use(helmet({ contentSecurityPolicy: false, strictTransportSecurity: false }))`,
  'helmet that leaves the name of the framework': `app.use(helmet({ xPoweredBy: false }))`,
  'helmet that leaves the name by its older option': `const options = { hidePoweredBy: false }; app.use(helmet({ ...options, hsts: false }))`,
  'helmet only outside production': `if (process.env.NODE_ENV !== 'production') app.use(helmet())`,
  'helmet after another router that ends': `app.use('/x', (req, res) => res.end()); app.use(helmet())`,
  'own headers in a loop': `
    const headers = { 'X-Content-Type-Options': 'nosniff', 'X-Frame-Options': 'DENY', 'Content-Security-Policy': "default-src 'self'", 'Referrer-Policy': 'no-referrer' }
    app.use((req, res, next) => { Object.keys(headers).forEach((name) => res.setHeader(name, headers[name])); next() })
  `,
  'own headers at once': `
    app.use((req, res, next) => {
      res.set({ 'X-Content-Type-Options': 'nosniff', 'X-Frame-Options': 'SAMEORIGIN', 'Strict-Transport-Security': 'max-age=31536000', 'Content-Security-Policy': "default-src 'none'" })
      res.removeHeader('X-Powered-By')
      next()
    })
  `,
  'own headers through a function': `
    const secure = (res, name, value) => res.header(name, value)
    app.use(function headers(req, res, next) {
      secure(res, 'X-Content-Type-Options', 'nosniff')
      secure(res, 'X-Frame-Options', 'DENY')
      secure(res, 'Referrer-Policy', 'no-referrer')
      secure(res, 'Content-Security-Policy', "default-src 'self'")
      next()
    })
  `,
  'own headers that protect nothing': `app.use((req, res, next) => { res.set('Cache-Control', 'no-store'); res.set('X-Request-Id', '1'); next() })`,
  'own headers that never go on for this path': `app.use('/other', (req, res, next) => { res.set('X-Frame-Options', 'DENY'); next() })`,
  'the name of the framework switched off': `app.disable('x-powered-by')`,
  'the name switched off by a false setting': `app.set('x-powered-by', false)`,
  'the name switched off in a loop over settings': `for (const [name, value] of Object.entries({ 'x-powered-by': false, etag: 'strong' })) app.set(name, value)`,
  'the name switched off and on': `app.disable('x-powered-by'); app.enable('x-powered-by')`,
  'the name taken away by middleware': `app.use((req, res, next) => { res.removeHeader('x-powered-by'); next() })`,
  'the name taken away by a part of helmet': `app.use(helmet.hidePoweredBy())`,
  'a limiter of the package': `app.use(rateLimit({ windowMs: 60000, limit: 20 }))`,
  'a limiter with the older option and a spread': `const base = { windowMs: 60000 }; app.use(rateLimit({ ...base, max: 20, message: 'slow down' }))`,
  'a limiter that skips nothing that matters': `app.use(rateLimit({ limit: 20, skip: (req) => req.path === '/health' }))`,
  'a limiter that skips all': `app.use(rateLimit({ limit: 20, skip: () => true }))`,
  'a limiter on another path': `app.use('/api', rateLimit({ limit: 20 }))`,
  'a limiter behind a wrapper': `const limiter = rateLimit({ limit: 20 }); const wrap = (layer) => (req, res, next) => layer(req, res, next); app.use(wrap(limiter))`,
  'a limiter behind the wrong wrapper': `const limiter = rateLimit({ limit: 20 }); const drop = (layer) => (req, res, next) => next(); app.use(drop(limiter))`,
  'a limiter on this route only': `app.get('/', rateLimit({ limit: 20 }), pass)`,
  'a counter by address that answers 429': `
    const hits = {}
    app.use((req, res, next) => {
      if (!hits[req.ip]) hits[req.ip] = { count: 0, since: Date.now() }
      hits[req.ip].count++
      if (hits[req.ip].count > 20) return res.sendStatus(429)
      next()
    })
  `,
  'a sliding window in a class': `
    class SlidingWindow {
      constructor(limit, span) { this.limit = limit; this.span = span; this.times = new Map() }
      allows(key) {
        const now = Date.now()
        const recent = (this.times.get(key) || []).filter((time) => now - time < this.span)
        recent.push(now)
        this.times.set(key, recent)
        return recent.length <= this.limit
      }
      middleware() { return (req, res, next) => (this.allows(req.ip) ? next() : res.status(429).json({ error: 'slow down' })) }
    }
    app.use(new SlidingWindow(20, 60000).middleware())
  `,
  'a token bucket with a bound method': `
    class Bucket {
      tokens = 20
      last = Date.now()
      take() { this.tokens = Math.min(20, this.tokens + (Date.now() - this.last) / 1e6) - 1; this.last = Date.now(); return this.tokens >= 0 }
      handle(req, res, next) {
        if (this.take()) return next()
        res.writeHead(429, { 'Retry-After': '1' })
        res.end()
      }
    }
    const bucket = new Bucket()
    app.use(bucket.handle.bind(bucket))
  `,
  'a store that answers later': `
    const store = new Map()
    const increment = async (key) => { const count = (store.get(key) ?? 0) + 1; store.set(key, count); return count }
    app.use(async (req, res, next) => {
      const count = await increment('ip:' + req.ip)
      if (count > 20) { res.statusCode = 429; res.end('slow down'); return }
      next()
    })
  `,
  'a counter that hands an error on': `
    let count = 0
    setInterval(() => { count = 0 }, 60000).unref()
    app.use((req, res, next) => { count += 1; if (count > 20) return next(Object.assign(new Error('slow down'), { status: 429 })); next() })
  `,
  'a counter that only warns': `let count = 0; app.use((req, res, next) => { count++; if (count > 20) res.set('X-Busy', 'yes'); next() })`,
  'a 429 for one sort of client': `app.use((req, res, next) => (req.get('user-agent') === 'bad-bot' ? res.sendStatus(429) : next()))`,
  'a 429 of an error handler': `app.use((req, res, next) => next()); app.use((err, req, res, next) => res.status(429).end())`,
  'a limiter of another package': `
    const { RateLimiterMemory } = require('rate-limiter-flexible')
    const flexible = new RateLimiterMemory({ points: 20, duration: 60 })
    app.use((req, res, next) => { flexible.consume(req.ip).then(() => next()).catch(() => res.status(429).send('slow down')) })
  `,
  'headers and limit inside a router without a path': `const router = express.Router(); router.use(helmet(), rateLimit({ limit: 20 })); app.use(router)`,
  'headers and limit inside a router on another path': `const router = express.Router(); router.use(helmet(), rateLimit({ limit: 20 })); app.use('/api', router)`,
  'headers and limit inside a sub-application without a path': `const sub = express(); sub.use(helmet(), rateLimit({ limit: 20 })); app.use(sub)`,
  'middleware that goes on only sometimes': `app.use((req, res, next) => { if (req.query.stop) return res.end(); helmet()(req, res, next) })`,
  'headers set once the answer is finished': `app.use((req, res, next) => { res.on('finish', () => { try { res.set('X-Frame-Options', 'DENY') } catch {} }); next() })`,
}
