// Guessable tokens, codes and ids of sessions; and randomness that nobody depends on.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import rule from './rule.js'

test('tokens, codes, passwords and ids of sessions', () => {
  check(
    rule,
    `
    export const resetToken = Math.random().toString(36).slice(2)
                              ^^^^^^^^^^^^^ [high] resetToken
    export const otp = Math.floor(100000 + Math.random() * 900000).toString()
                                           ^^^^^^^^^^^^^ otp
    export const session = { sessionId: 'sess_' + Math.random() }
                                                  ^^^^^^^^^^^^^ sessionId
    export const verificationCode = String(Math.round(Math.random() * 9999)).padStart(4, '0')
                                                      ^^^^^^^^^^^^^ verificationCode
    export const api_key = \`key-\${Date.now()}\`
                                  ^^^^^^^^^^ [medium] api_key
  `,
  )
})

test('digests and encodings add nothing', () => {
  check(
    rule,
    `
    import { createHash } from 'node:crypto'
    import { v1 as uuidv1 } from 'uuid'
    export const token = createHash('sha256').update(String(Math.random())).digest('hex')
                                                            ^^^^^^^^^^^^^ token
    export const accessToken = Buffer.from(uuidv1()).toString('base64')
                                           ^^^^^^^^ uuid v1
  `,
  )
})

test('what a key makes is as hard to guess as the key', () => {
  check(
    rule,
    `
    import { createHmac } from 'node:crypto'
    export const verifyToken = createHmac('sha256', process.env.APP_SECRET).update(\`\${email}\${Date.now()}\`).digest('hex')
    const hmac = createHmac('sha256', process.env.APP_SECRET)
    export const resetToken = hmac.update(String(Math.random())).digest('base64url').slice(0, 20)
    export const accessToken = createHmac('sha256', String(Math.random())).update(user.id).digest('hex')
                                                           ^^^^^^^^^^^^^ [high] guessable
  `,
  )
})

test('characters picked in a loop, across files', () => {
  check(
    rule,
    `
    //- /random.js
    const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'
    exports.randomString = (length) => {
      let text = ''
      for (let i = 0; i < length; i++) text += alphabet.charAt(Math.floor(Math.random() * alphabet.length))
                                                                          ^^^^^^^^^^^^^ resetToken
      return text
    }
    //- /app.js
    const express = require('express')
    const { randomString } = require('./random')
    const app = express()
    app.post('/forgot', (req, res) => {
      const resetToken = randomString(20)
      res.json({ sent: Boolean(resetToken) })
    })
  `,
  )
})

test('functions that say what they make', () => {
  check(
    rule,
    `
    export function generateOtp() {
      const digits = '0123456789'
      let code = ''
      for (let i = 0; i < 6; i++) code += digits[Math.floor(Math.random() * 10)]
                                                            ^^^^^^^^^^^^^ Math.random makes code guessable
      return code
    }
    export const generateRandomPassword = () => Math.random().toString(36)
                                                ^^^^^^^^^^^^^ generateRandomPassword
  `,
  )
})

test('functions that are called what they make', () => {
  check(
    rule,
    `
    import { v1 } from 'uuid'
    export const apiToken = () => v1().replace(/-/g, '')
                                  ^^^^ [medium] uuid v1 makes apiToken guessable
    export function sessionToken() {
      return Math.random().toString(36)
             ^^^^^^^^^^^^^ [medium] Math.random makes sessionToken guessable
    }
    export async function refreshToken(load) {
      await new Promise((done) => setTimeout(done, Math.random() * 1000))
      return load()
    }
  `,
  )
})

test('the place of a secret', () => {
  check(
    rule,
    `
    import session from 'express-session'
    const value = Math.random().toString()
                  ^^^^^^^^^^^^^ [high] makes secret guessable
    session({ secret: value })
  `,
  )
})

test('jitter, sampling, ids of the interface, colours, file names', () => {
  check(
    rule,
    `
    export const delay = 1000 * 2 ** attempt + Math.random() * 100
    export const isSampled = Math.random() < 0.1
    export const elementId = 'el-' + Math.random().toString(36)
    export const requestId = Date.now().toString(36)
    export const fileName = Date.now() + '-' + original
    export const tokenIndex = Math.floor(Math.random() * tokens.length)
    export const cancelToken = Math.random()
    export const couponCode = Math.random().toString(36)
    export function shuffle(list) { return list.sort(() => Math.random() - 0.5) }
  `,
  )
})

test('times beside secrets', () => {
  check(
    rule,
    `
    import jwt from 'jsonwebtoken'
    export const token = jwt.sign({ iat: Date.now() }, process.env.JWT_SECRET)
    export const resetTokenExpires = Date.now() + 3600_000
    export const passwordChangedAt = Date.now()
    export const hasToken = user.tokenExpiry > Date.now()
  `,
  )
})

test('real randomness, also beside the time', () => {
  check(
    rule,
    `
    import { randomBytes, randomUUID, randomInt } from 'node:crypto'
    import { v4 } from 'uuid'
    export const token = randomBytes(32).toString('hex')
    export const sessionId = \`\${Date.now()}-\${randomUUID()}\`
    export const otp = randomInt(100000, 1000000)
    export const apiKey = v4() + Math.random()
  `,
  )
})

test('tests and development', () => {
  check(
    rule,
    `
    //- /app.test.js
    const token = Math.random().toString(36)
    //- /app.js
    if (process.env.NODE_ENV !== 'production') exports.token = Math.random().toString(36)
  `,
  )
})

test('a token from the generator of the operating system', () => {
  checkFix(
    rule,
    `
    //- /app.ts
    import express from 'express'
    export const app = express()
    export const resetToken = Math.random().toString(36).slice(2)
    `,
    `
    //- /app.ts
    import express from 'express'
    import { randomBytes } from 'node:crypto'
    export const app = express()
    export const resetToken = randomBytes(32).toString('hex')
    `,
  )
})

test('a code keeps its range and its type', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require('express');
    const app = express();
    const otp = Math.floor(100000 + Math.random() * 900000).toString();
    `,
    `
    //- /app.js
    const express = require('express');
    const { randomInt } = require('node:crypto');
    const app = express();
    const otp = randomInt(100000, 1000000).toString();
    `,
  )
})

test('a number made elsewhere is left to a person', () => {
  checkNoFix(
    rule,
    `
    const number = Math.random()
    export const token = number.toString(36)
    `,
  )
})

test('a plain code is one that opens an account where the route or the function says so', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { issueOtp } = require('./codes')
    const app = express()
    app.post('/phone/verify', (req, res) => {
      const code = Math.floor(100000 + Math.random() * 900000)
      //                               ^^^^^^^^^^^^^ [medium] Math.random makes code guessable.
      res.json({ sent: issueOtp(code) })
    })
    app.post('/reset', send)
    function send(req, res) {
      const pin = String(Math.random()).slice(2, 6)
      //                 ^^^^^^^^^^^^^ [medium] Math.random makes pin guessable.
      res.json({ sent: issueOtp(pin) })
    }
    app.get('/colours', (req, res) => {
      const code = Math.floor(Math.random() * 16)
      res.json({ code })
    })
    app.listen(3000)
    //- /codes.js
    exports.issueOtp = (user) => {
      const entry = { user, code: Math.floor(Math.random() * 10000) }
      //                                     ^^^^^^^^^^^^^ [medium] Math.random makes code guessable.
      return require('./mail').send(entry)
    }
    exports.discountFor = (order) => ({ order, code: Math.random() })
    //- /mail.js
    exports.send = () => true
  `,
  )
})

test('a plain code in a function that sends codes, and in a file of codes', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.post('/login', (req, res) => res.json(sendCode(req.body.email)))
    function sendCode(email) {
      const code = Math.floor(100000 + Math.random() * 900000).toString()
      //                               ^^^^^^^^^^^^^ [medium] Math.random makes code guessable.
      return { email, code }
    }
    function sendCoupon(email) {
      const code = Math.random().toString(36)
      return { email, code }
    }
    app.post('/coupon', (req, res) => res.json(sendCoupon(req.body.email)))
    class Accounts {
      async issueOneTimeCode(id) {
        const code = String(Date.now()).slice(-6)
        //                  ^^^^^^^^^^ [medium] Date.now makes code guessable.
        await this.db.insert({ id, code })
      }
      async showOneTimeBanner() {
        const code = String(Date.now()).slice(-6)
        return { code }
      }
      async issueInOneMinute(time, one) {
        const code = String(Date.now()).slice(-6)
        return { code, time, one }
      }
    }
    app.post('/code', async (req, res) => res.json(await new Accounts().issueOneTimeCode(req.body.id)))
    app.get('/banner', async (req, res) => res.json(await new Accounts().showOneTimeBanner()))
    app.post('/minute', async (req, res) => res.json(await new Accounts().issueInOneMinute(1, 2)))
    app.use(require('./two-factor.mfa'))
    app.listen(3000)
    //- /two-factor.mfa.js
    module.exports = (req, res, next) => {
      const pin = String(Math.random()).slice(2, 8)
      //                 ^^^^^^^^^^^^^ [medium] Math.random makes pin guessable.
      req.challenge = pin
      next()
    }
  `,
  )
})

test('the id of a session under the name of the session', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    app.post('/login', (req, res) => {
      const session = \`\${Date.now()}-\${Math.random()}\`
      //                               ^^^^^^^^^^^^^ [high] makes session guessable
      res.cookie('session', session)
      res.json({ started: Date.now() })
    })
    app.listen(3000)
  `,
  )
})

test('characters that are drawn one by one, into a list of some length', () => {
  for (const list of [
    'Array.from({ length: 24 }, () => letters[Math.floor(Math.random() * 32)])',
    'Array.from({ length }, () => letters[Math.floor(Math.random() * 32)])',
    '[...Array(length)].map(() => letters[Math.floor(Math.random() * 32)])',
    'new Array(length).fill(0).map(() => letters.charAt(Math.floor(Math.random() * 32)))',
  ])
    check(
      rule,
      `
    //- /app.js
    import express from 'express'
    import { draw } from './draw.js'
    import { users } from './users.js'
    const app = express()
    app.post('/forgot', async (req, res) => {
      const resetToken = draw(24)
      await users.updateOne({ email: req.body.email }, { resetToken })
      res.end()
    })
    app.listen(3000)
    //- /draw.js
    const letters = 'abcdefghijkmnpqrstuvwxyz23456789'
    export function draw(length) {
      return ${list}.join('')
             ${' '.repeat(list.indexOf('Math.random'))}^^^^^^^^^^^^^ [high] Math.random makes resetToken guessable
    }
  `,
    )
})

test('characters that a real source draws', () => {
  check(
    rule,
    `
    //- /app.js
    import { randomInt } from 'node:crypto'
    const letters = 'abcdefghijkmnpqrstuvwxyz23456789'
    export const resetToken = Array.from({ length: 24 }, () => letters[randomInt(letters.length)]).join('')
    export const colours = Array.from({ length: 3 }, () => Math.floor(Math.random() * 256)).join()
  `,
  )
})

test('codes that let somebody in, by the function that makes them and by the route that hands them out', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const invites = require('./store')
    const app = express()
    class Codes {
      inviteCode() {
        return Array.from({ length: 8 }, () => 'ABCDEFGH'[Math.floor(Math.random() * 8)]).join('')
        //                                                           ^^^^^^^^^^^^^ [medium] Math.random makes inviteCode guessable
      }
      colourCode() {
        return Math.floor(Math.random() * 0xffffff).toString(16)
      }
    }
    app.post('/invites', async (req, res) => {
      const code = Math.random().toString(36).slice(2)
      //           ^^^^^^^^^^^^^ [medium] Math.random makes code guessable
      await invites.save(code, req.body.email)
      res.json({ invite: new Codes().inviteCode(), colour: new Codes().colourCode() })
    })
    app.post('/errors', (req, res) => {
      const code = Math.random().toString(36).slice(2)
      res.status(500).json({ code })
    })
    app.listen(3000)
  `,
  )
})

test('the module of nanoid that says by its name that it is not secure', () => {
  const app = (module: string, mark: string): string => `
    //- /app.js
    const { nanoid } = require('${module}')
    const app = require('express')()
    const inviteToken = () => nanoid(32)
    ${mark}
    app.post('/invites', (req, res) => {
      const resetToken = inviteToken()
      const key = nanoid(8)
      res.json({ resetToken, key })
    })
    app.listen(3000)
  `
  check(rule, app('nanoid/non-secure', '//                        ^^^^^^^^^^ [high] nanoid/non-secure makes resetToken guessable'))
  check(rule, app('nanoid', ''))
})
