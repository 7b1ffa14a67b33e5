// Ways in which an application answers when something fails. `/fail` fails with an error of the database driver.

/** A title and statements over `app`, `express`, `fail` (a handler that throws) and `DriverError`. */
export const leaks: Readonly<Record<string, string>> = {
  'the default handler': `app.get('/fail', fail)`,
  'a constant answer and a log line': `app.get('/fail', fail); app.use((err, req, res, next) => { console.error(err.stack); res.status(500).json({ error: 'Internal error' }) })`,
  'the error itself': `app.get('/fail', fail); app.use((err, req, res, next) => { res.status(500).json(err) })`,
  'the error by send': `app.get('/fail', fail); app.use((err, req, res, next) => res.status(err.status || 500).send(err))`,
  'the message': `app.get('/fail', fail); app.use((err, req, res, next) => { res.status(500).json({ error: { message: err.message } }) })`,
  'the message by a template': 'app.get("/fail", fail); app.use((err, req, res, next) => { res.status(500).send(`Failed: ${err}`) })',
  'the message by toString': `app.get('/fail', fail); app.use((err, req, res, next) => { res.status(500).end(err.toString()) })`,
  'the message by destructuring': `app.get('/fail', fail); app.use(({ status = 500, message }, req, res, next) => { res.status(status).json({ status, message }) })`,
  'the stack': `app.get('/fail', fail); app.use((err, req, res, next) => { res.status(500); res.json({ stack: err.stack }) })`,
  'the stack in lines': `app.get('/fail', fail); app.use((err, req, res, next) => { res.status(500).json({ trace: err.stack.split('\\n').map((line) => line.trim()) }) })`,
  'the stack by a copied object': `app.get('/fail', fail); app.use((err, req, res, next) => { const body = { ok: false }; body.details = { text: 'x', stack: err.stack }; res.status(500).json({ ...body }) })`,
  'the stack outside production': `app.get('/fail', fail); app.use((err, req, res, next) => { res.status(500).json({ error: 'Internal error', ...(process.env.NODE_ENV !== 'production' && { stack: err.stack }) }) })`,
  'the stack in development by a choice': `app.get('/fail', fail); app.use((err, req, res, next) => { res.status(500).json({ error: 'x', stack: app.get('env') === 'development' ? err.stack : undefined }) })`,
  'the stack in development by a copy that loses it': `app.get('/fail', fail); app.use((err, req, res, next) => { const body = { error: 'x', stack: err.stack }; if (process.env.NODE_ENV === 'production') delete body.stack; res.status(500).json(body) })`,
  'the stack by a function that writes it': `
    const respond = (res, status, body) => res.status(status).json(body)
    const describe = (err) => ({ name: err.name, trace: err.stack })
    app.get('/fail', fail)
    app.use((err, req, res, next) => respond(res, 500, describe(err)))
  `,
  'own names of the error': `app.get('/fail', fail); app.use((err, req, res, next) => { res.status(500).type('json').send(JSON.stringify(err, Object.getOwnPropertyNames(err))) })`,
  'what util.inspect shows': `const util = require('util'); app.get('/fail', fail); app.use((err, req, res, next) => { res.status(500).send(util.inspect(err)) })`,
  'the properties spread': `app.get('/fail', fail); app.use((err, req, res, next) => { res.status(500).json({ ...err, ok: false }) })`,
  'the properties assigned': `app.get('/fail', fail); app.use((err, req, res, next) => { res.status(500).json(Object.assign({ ok: false }, err)) })`,
  'the error in a catch block': `app.get('/fail', async (req, res) => { try { await fail(req, res) } catch (e) { res.status(500).json({ success: false, error: e }) } })`,
  'the message in a catch block': `app.get('/fail', (req, res) => { try { fail(req, res) } catch (problem) { return res.status(500).send(problem.message) } })`,
  'a constant in a catch block': `app.get('/fail', (req, res) => { try { fail(req, res) } catch (problem) { console.error(problem); return res.status(500).send('failed') } })`,
  'the error of a rejected promise': `app.get('/fail', (req, res) => { Promise.resolve().then(() => fail(req, res)).catch((reason) => res.status(500).json(reason)) })`,
  'the error of a callback': `
    const fs = require('fs')
    app.get('/fail', (req, res) => fs.readFile('/column pin_hash of accounts', (err, data) => { if (err) return res.status(500).json({ error: err.message }); res.end(data) }))
  `,
  'the error of an event': `
    const { EventEmitter } = require('events')
    app.get('/fail', (req, res) => { const job = new EventEmitter(); job.on('error', (error) => res.status(500).end(error.message)); setImmediate(() => job.emit('error', new DriverError())) })
  `,
  'an error made of the message': `
    class HttpError extends Error { constructor(status, message) { super(message); this.status = status } }
    app.get('/fail', (req, res, next) => { try { fail(req, res) } catch (error) { next(new HttpError(500, error.message)) } })
    app.use((err, req, res, next) => { res.status(err.status).json({ error: err.message }) })
  `,
  'the message of errors that are for clients': `
    class ClientError extends Error { constructor(status, message) { super(message); this.status = status } }
    app.get('/fail', fail)
    app.use((err, req, res, next) => { if (err instanceof ClientError) return res.status(err.status).json({ error: err.message }); res.status(500).json({ error: 'Internal error' }) })
  `,
  'the message of errors below 500': `app.get('/fail', fail); app.use((err, req, res, next) => { const status = err.status || 500; res.status(status).json({ error: status < 500 ? err.message : 'Internal error' }) })`,
  'the message of errors that are exposed': `app.get('/fail', fail); app.use((err, req, res, next) => { res.status(err.statusCode ?? 500).json({ error: err.expose ? err.message : 'Internal error' }) })`,
  'the message of operational errors, in production': `
    app.get('/fail', fail)
    const inDevelopment = (err, res) => res.status(500).json({ stack: err.stack })
    const inProduction = (err, res) => res.status(500).json({ error: err.isOperational ? err.message : 'Internal error' })
    app.use((err, req, res, next) => {
      if (process.env.NODE_ENV === 'development') inDevelopment(err, res)
      else if (process.env.NODE_ENV === 'production') inProduction(err, res)
    })
  `,
  'texts by code': `const texts = { E_BUSY: 'Busy' }; app.get('/fail', fail); app.use((err, req, res, next) => { res.status(500).json({ error: texts[err.code] ?? 'Internal error' }) })`,
  'the package that shows everything': `app.get('/fail', fail); app.use(require('errorhandler')())`,
  'the package in development': `app.get('/fail', fail); if (app.get('env') === 'development') app.use(require('errorhandler')())`,
  'an error handler of the wrong arity': `app.get('/fail', fail); app.use((err, req, res) => { res.status(500).json({ stack: err.stack }) })`,
}
