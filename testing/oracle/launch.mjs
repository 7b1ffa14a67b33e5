// Serves what an entry exports: an application, a plugin, or a Lambda handler behind a small gateway.
import http from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const [, , entry, exportName, kind] = process.argv
const module = await import(pathToFileURL(entry).href)
const exported = module[exportName] ?? module.default?.[exportName] ?? module.default

if (kind === 'plugin') await startPlugin()
else http.createServer(kind === 'app' ? exported : gateway).listen(Number(process.env.PORT), '127.0.0.1')

/** What fastify-cli does with a file that exports a plugin. */
async function startPlugin() {
  const fastify = createRequire(path.join(process.cwd(), 'package.json'))('fastify')()
  await fastify.register(exported.default ?? exported, { ...module.options })
  await fastify.listen({ port: Number(process.env.PORT) })
}

async function gateway(req, res) {
  const chunks = []
  for await (const chunk of req) chunks.push(chunk)
  const url = new URL(req.url, 'http://gateway.invalid')
  const event = {
    httpMethod: req.method,
    path: url.pathname,
    rawQuery: url.search,
    headers: req.headers,
    body: Buffer.concat(chunks).toString(),
  }
  const answer = await exported(event, {})
  res.writeHead(answer.statusCode, answer.headers)
  res.end(answer.body)
}
