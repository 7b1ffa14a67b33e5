// Fixes of the rules about logging, run before and after.
import { test } from 'vitest'
import noConsole from '../../../rules/no-console/rule.js'
import { proveFix, type ProbedApplication } from '../proveFix.js'

/** Type checks and starts take their time on a busy machine. */
const TIMEOUT = 60_000

/** True when the line about the note is no JSON. */
const isPlain = async ({ send, output }: ProbedApplication) => {
  await send({ method: 'POST', path: '/notes' })
  await new Promise((resolve) => setTimeout(resolve, 200))
  const line = output()
    .split('\n')
    .find((each) => each.includes('note added'))
  return line === undefined || !line.startsWith('{')
}

const honest = [{ method: 'POST', path: '/notes', status: 201 }]

test('no-console: the logger of the file writes the line', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noConsole,
    app: `
      //- /server.js
      const express = require('express')
      const pino = require('pino')

      const logger = pino()
      const app = express()
      app.post('/notes', (req, res) => {
        console.log('note added')
        res.status(201).end()
      })
      app.listen(process.env.PORT, () => logger.info('listening'))
    `,
    honest,
    weakness: isPlain,
  }),
)

test('no-console: a logger is made where the project has none, in TypeScript', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noConsole,
    app: `
      //- /src/server.ts
      import express from 'express'

      const app = express()
      app.post('/notes', (_req, res) => {
        console.info('note added')
        res.status(201).end()
      })
      app.listen(process.env.PORT)
    `,
    honest,
    weakness: isPlain,
  }),
)
