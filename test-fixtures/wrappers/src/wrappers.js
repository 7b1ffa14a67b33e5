exports.asyncHandler = handler => (req, res, next) => Promise.resolve(handler(req, res, next)).catch(next)

exports.compose = (...layers) => {
  const stack = layers.flat()
  return (req, res, next) => {
    const run = index => error => {
      if (error) return next(error)
      const layer = stack[index]
      return layer ? layer(req, res, run(index + 1)) : next()
    }
    return run(0)()
  }
}

exports.validate = check => {
  return function validateBody(req, res, next) {
    if (!check(req.body)) {
      return next(Object.assign(new Error('invalid body'), { status: 422, expose: true }))
    }
    next()
  }
}
