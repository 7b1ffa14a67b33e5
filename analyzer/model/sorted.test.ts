// Questions get the calls and values that they ask for, whether a part is walked or sorted first.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { callsOfConsole } from './logging/logCalls.js'
import { callsTo } from './packageCalls.js'
import { callsAmong, conditionsOf, guardsOf } from './sorted.js'

/** A project with so many further calls that its part is sorted. */
function projectWith(further: number): ReturnType<typeof modelOf> {
  return modelOf(`
    //- /app.js
    const winston = require('winston')
    console.log = (line) => process.stdout.write(line)
    winston.level = 'info'
    console.warn('up')
    winston.createLogger({ silent: process.env.QUIET })
    if (process.env.A && process.env.B) console.error('both')
    ${'setTimeout(console.table)\n'.repeat(further)}
  `)
}

test.each([0, 40])('a write is no call, with %i further calls', (further) => {
  const model = projectWith(further)
  expect(callsOfConsole(model).map(({ callee }) => callee.kind === 'member' && callee.name)).toEqual(['warn', 'error'])
  expect(callsTo(model, 'winston').map(({ isWrite }) => isWrite)).toEqual([false])
})

test.each([0, 40])('what is wanted comes in order and once, with %i further calls', (further) => {
  const { calls } = projectWith(further)
  const isLine = (name: string): boolean => name === 'warn' || name === 'error'
  const wanted = callsAmong(calls, { names: isLine, globals: (name) => name === 'console.error', packages: (name) => name === 'winston' })
  const names = wanted.flatMap(({ callee }) => (callee.kind === 'member' && isLine(callee.name) ? [callee.name] : []))
  expect(names).toEqual(['warn', 'error'])
  expect(new Set(wanted).size).toBe(wanted.length)
  const written = callsAmong(calls, { writes: (name) => name === 'level' }).filter(
    ({ isWrite, args }) => isWrite && args[0]?.kind === 'literal',
  )
  expect(written).toHaveLength(1)
  expect(callsAmong(calls, { given: ['object'] }).filter(({ args }) => args[0]?.kind === 'object')).toHaveLength(1)
})

test.each([0, 40])('guards and what they test stand there once, with %i further calls', (further) => {
  const { calls } = projectWith(further)
  const guards = [...guardsOf(calls)]
  expect(guards.length).toBeGreaterThan(0)
  expect([...conditionsOf(calls)]).toEqual([...new Set(guards.map(({ value }) => value))].filter(({ kind }) => kind !== 'unknown'))
})
