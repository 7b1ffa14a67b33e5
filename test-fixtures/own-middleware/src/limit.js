const WINDOW = 60_000

export function limitRequests({ perMinute }) {
  const seen = new Map()
  setInterval(() => seen.clear(), WINDOW).unref()

  return (req, res, next) => {
    const count = (seen.get(req.ip) ?? 0) + 1
    seen.set(req.ip, count)
    if (count > perMinute) {
      res.set('Retry-After', String(WINDOW / 1000))
      return res.status(429).json({ error: 'Too many requests' })
    }
    next()
  }
}
