const HEADERS = {
  'Content-Security-Policy': "default-src 'self'; frame-ancestors 'none'; object-src 'none'; base-uri 'self'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
}

export function protect(req, res, next) {
  for (const [name, value] of Object.entries(HEADERS)) res.setHeader(name, value)
  res.setHeader('Strict-Transport-Security', `max-age=${365 * 24 * 60 * 60}; includeSubDomains`)
  next()
}

export function allowOrigins(allowed) {
  return function cors(req, res, next) {
    const origin = req.headers.origin
    res.vary('Origin')
    if (origin && allowed.includes(origin)) {
      res.header('Access-Control-Allow-Origin', origin)
      res.header('Access-Control-Allow-Methods', 'GET')
      if (req.method === 'OPTIONS') return res.sendStatus(204)
    }
    next()
  }
}
