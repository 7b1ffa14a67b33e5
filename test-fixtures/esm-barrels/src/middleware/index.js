export { apiLimiter } from './limits.js'
export { errorHandler, notFound } from './errors.js'
