// Tests of no-environment-in-response.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import rule from './rule.js'

test('the whole environment, as it is and in something else', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.get('/debug', (req, res) => res.json({ env: process.env, up: process.uptime() }))
    //                                              ^^^^^^^^^^^ [high error] The answer carries the whole environment.
    app.get('/all', (req, res) => { res.status(200).send(JSON.stringify(process.env)) })
    //                                                                  ^^^^^^^^^^^ [high] the whole environment
    app.get('/spread', (req, res) => res.json({ ...process.env }))
    //                                             ^^^^^^^^^^^ [high] the whole environment
    app.listen(3000)
  `,
  )
})

test('a secret of it, through the configuration of another file', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { config } from './config.js'
    const app = express()
    app.get('/config', (req, res) => { res.json(config) })
    //                                          ^^^^^^ [medium] The answer carries JWT_SECRET.
    app.get('/one', (req, res) => { res.send(\`secret \${process.env.SESSION_SECRET}\`) })
    //                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] SESSION_SECRET
    app.listen(3000)
    //- /config.ts
    export const config = { port: 3000, jwt: { secret: process.env.JWT_SECRET } }
  `,
  )
})

test('what is asked about, what is made with a secret, what is meant for browsers, what is off', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const jwt = require('jsonwebtoken')
    const app = express()
    app.get('/ready', (req, res) => res.json({ secret: Boolean(process.env.JWT_SECRET), mail: process.env.SMTP_PASSWORD ? 'on' : 'off' }))
    app.get('/has', (req, res) => res.json({ has: !!process.env.JWT_SECRET, names: Object.keys(process.env) }))
    app.post('/login', (req, res) => res.json({ token: jwt.sign({ id: 1 }, process.env.JWT_SECRET) }))
    app.get('/settings', (req, res) => res.json({ key: process.env.STRIPE_PUBLISHABLE_KEY, maps: process.env.MAPS_API_KEY, region: process.env.REGION }))
    if (process.env.NODE_ENV === 'development') app.get('/env', (req, res) => res.json(process.env))
    app.listen(3000)
  `,
  )
})
