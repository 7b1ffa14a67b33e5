'use strict'

const path = require('node:path')
const autoload = require('@fastify/autoload')

module.exports = async function (fastify, options) {
  fastify.register(require('@fastify/sensible'))
  fastify.register(autoload, { dir: path.join(__dirname, 'routes'), options: { ...options } })
}

module.exports.options = { ignoreTrailingSlash: true }
