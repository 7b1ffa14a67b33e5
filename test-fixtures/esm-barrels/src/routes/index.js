export { default as products } from './products.js'
export { router as orders } from './orders.js'
