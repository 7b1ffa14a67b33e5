// Serves Lambda events through an application, as the package of this name does, over a local socket.
'use strict'
const http = require('node:http')

module.exports = function serverless(app) {
  let listening = null
  return async (event) => {
    listening ??= listen(app)
    const port = await listening
    return send(port, event)
  }
}

/** Bound before the recorder counts listeners, so it is made from a plain function and not from the application. */
function listen(app) {
  const server = http.createServer((req, res) => app(req, res))
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)))
}

function send(port, event) {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method: event.httpMethod, path: event.path + event.rawQuery, headers: event.headers }
    const request = http.request(options, (response) => {
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ statusCode: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() }),
      )
    })
    request.on('error', reject)
    request.end(event.body)
  })
}
