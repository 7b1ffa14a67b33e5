// Where values and callees come from.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import type { Value } from '../link/value.js'
import { callOf, globalOf, isCallTo, methodName, originOf, packageOf } from './origins.js'
import { callsTo } from './packageCalls.js'

const head = `
//- /package.json
{ "name": "a", "main": "a.js", "scripts": { "start": "node a.js" }, "dependencies": { "express": "5" } }
//- /a.js
const express = require('express')
const probe = require('probe')
`

function probed(code: string): readonly Value[] {
  return callsTo(modelOf(`${head}${code}\nexpress().listen(1)\n`), 'probe', [])[0]?.args ?? []
}

test('members and default interop lead to a package export, results do not', () => {
  const [sign, promised, either, result, own] = probed(`
const jwt = require('jsonwebtoken')
const fs = require('fs')
const { promisify } = require('util')
probe(jwt.default.sign, promisify(fs.readFile), process.env.X ? jwt.verify : null, jwt.sign('a'), () => 1)`)
  expect(packageOf(sign ?? null)).toEqual({ package: 'jsonwebtoken', path: ['sign'] })
  expect(packageOf(promised ?? null)).toEqual({ package: 'fs', path: ['readFile'] })
  expect(packageOf(either ?? null)).toEqual({ package: 'jsonwebtoken', path: ['verify'] })
  expect(packageOf(result ?? null)).toBeNull()
  expect(packageOf(own ?? null)).toBeNull()
  expect(packageOf(null)).toBeNull()
})

test('origins go through results and subclasses', () => {
  const [info, consume, sub] = probed(`
const winston = require('winston')
const { RateLimiterMemory } = require('rate-limiter-flexible')
class Limiter extends RateLimiterMemory {}
probe(winston.createLogger({}).info, new RateLimiterMemory({ points: 5 }).consume, new Limiter().consume)`)
  expect(originOf(info ?? null)).toMatchObject({ package: 'winston', path: ['createLogger', '()', 'info'] })
  expect(originOf(info ?? null)?.calls.length).toBe(1)
  expect(originOf(consume ?? null)).toMatchObject({ package: 'rate-limiter-flexible', path: ['RateLimiterMemory', '()', 'consume'] })
  expect(originOf(sub ?? null)).toMatchObject({ package: 'rate-limiter-flexible', path: ['RateLimiterMemory', '()', 'consume'] })
})

test('calls are found by package and export, also behind methods on their result', () => {
  const model = modelOf(`${head}
const { body } = require('express-validator')
const helmet = require('helmet')
probe(body('email').isEmail().trim(), helmet())
helmet.hsts({ maxAge: 1 })
express().listen(1)
`)
  const [chain, whole] = callsTo(model, 'probe', [])[0]?.args ?? []
  expect(callOf(chain ?? null, 'express-validator', ['body'])?.args[0]).toMatchObject({ value: 'email' })
  expect(callOf(chain ?? null, 'express-validator', ['query'])).toBeNull()
  expect(callOf(whole ?? null, 'helmet')).not.toBeNull()
  expect(callOf(whole ?? null, 'cors')).toBeNull()
  expect(callsTo(model, 'helmet').map((call) => packageOf(call.callee)?.path)).toEqual([[], ['hsts']])
  expect(callsTo(model, 'helmet', ['hsts']).length).toBe(1)
  expect(callsTo(model, 'nothing')).toEqual([])
  const call = callsTo(model, 'helmet', ['hsts'])[0]
  expect(call && isCallTo(call, 'helmet')).toBe(true)
  expect(call && isCallTo(call, 'helmet', [])).toBe(false)
})

test('globals and method names', () => {
  const [log, method, fn] = probed('probe(console.log, process.stdout.write, function own() {})')
  expect(globalOf(log ?? null)).toBe('console.log')
  expect(globalOf(fn ?? null)).toBeNull()
  expect(method && methodName(method)).toBe('write')
  expect(fn && methodName(fn)).toBe('own')
})
