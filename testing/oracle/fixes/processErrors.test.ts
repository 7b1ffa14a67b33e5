// The fix of the rule about errors that nobody catches, run before and after.
import { test } from 'vitest'
import requireProcessErrorHandlers from '../../../rules/require-process-error-handlers/rule.js'
import { proveFix } from '../proveFix.js'

test('require-process-error-handlers: what is lost is logged by the application, not printed by Node', { timeout: 60_000 }, () =>
  proveFix({
    rule: requireProcessErrorHandlers,
    app: `
      //- /server.js
      const express = require('express')

      const app = express()
      app.get('/', (req, res) => res.json({ ok: true }))
      app.get('/reject', (req, res) => {
        Promise.reject(new Error('lost connection'))
        res.json({ ok: true })
      })
      app.listen(process.env.PORT)
    `,
    honest: [{ method: 'GET', path: '/', status: 200 }],
    weakness: async ({ get, output }) => {
      await get('/reject')
      await new Promise((resolve) => setTimeout(resolve, 300))
      return /Node\.js v\d+/.test(output())
    },
  }),
)
