export { default as config } from './settings.js'
export * from './logger.js'
