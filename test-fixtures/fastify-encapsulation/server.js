const Fastify = require('fastify')
const fp = require('fastify-plugin')

const app = Fastify()

app.addHook('onRequest', async function everywhere() {})

async function outer(instance) {
  instance.addHook('preHandler', async function inOuter() {})
  instance.get('/a', async () => 'a')
  instance.register(inner, { prefix: '/inner' })
  instance.register(async (other) => {
    other.get('/other', { onRequest: [async () => {}, async () => {}] }, async () => 'other')
  })
}

async function inner(instance) {
  instance.get('/b', async () => 'b')
  instance.addHook('onSend', async (request, reply, payload) => payload)
}

const wrapped = fp(async (instance) => {
  instance.addHook('onRequest', async function ofWrapped() {})
  instance.get('/wrapped', async () => 'wrapped')
})

async function marked(instance) {
  instance.addHook('preValidation', async function ofMarked() {})
}
marked[Symbol.for('skip-override')] = true

const closed = fp(
  async (instance) => {
    instance.addHook('onRequest', async function ofClosed() {})
    instance.get('/closed', async () => 'closed')
  },
  { name: 'closed', encapsulate: true },
)

app.register(outer, { prefix: '/outer' })
app.register(wrapped, { prefix: '/ignored' })
app.register({ default: marked })
app.register(closed)
app.register(Promise.resolve(async (instance) => void instance.get('/later', async () => 'later')), () => ({ prefix: '/promised' }))
app.get('/', async () => 'root')
app.addHook('onResponse', async function atTheEnd() {})

app.listen({ port: process.env.PORT })
