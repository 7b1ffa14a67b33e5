// What functions do for which fixes write one: by what they give, and not by their names.
import { expect, test } from 'vitest'
import { modelOf } from '../../../testing/model.js'
import { requireEnv } from '../secrets/requireEnv.js'
import { sameSecret } from '../tokens/sameSecret.js'
import type { WantedFunction } from './wantedFunction.js'

const known = (wanted: WantedFunction, text: string) => wanted.known(modelOf(text)).map(({ exported }) => exported)

test.each([
  `export function demand(key) { const value = process.env[key]; if (!value) throw new Error(\`no \${key}\`); return value }`,
  `export const demand = (key) => { if (!process.env[key]) { console.error(\`\${key} is missing\`); process.exit(1) } return process.env[key] }`,
  `export const demand = (key) => process.env[key] || fail(key)
   function fail(key) { throw new TypeError(key) }`,
  `function required(key: string): string { const value = process.env[key]; if (value === undefined || value.length === 0) throw new Error(key); return value as string }
   export { required as demand }`,
  `export const demand = (key) => { if (process.env[key] === undefined) throw new Error(key); return process.env[key] }`,
])('a function that demands a variable: %s', (text) => {
  expect(known(requireEnv, `//- /app.ts\n${text}`)).toEqual(['demand'])
})

test.each([
  [
    'an empty variable is replaced',
    `export const requireEnv = (key) => { if (process.env[key] === undefined) throw new Error(key); return process.env[key] || 'x' }`,
  ],
  ['it has a default', `export const requireEnv = (key) => process.env[key] || 'secret'`],
  ['it gives something else', `export const requireEnv = (key) => { if (!process.env[key]) throw new Error(key); return true }`],
  [
    'it asks for a variable of its own',
    `export const requireEnv = (key) => { if (!process.env[key]) throw new Error(key); return process.env.OTHER }`,
  ],
  ['it is async', `export const requireEnv = async (key) => { if (!process.env[key]) throw new Error(key); return process.env[key] }`],
  ['it wants more', `export const requireEnv = (key, kind) => { if (!process.env[key]) throw new Error(kind); return process.env[key] }`],
  [
    'it takes numbers',
    `export const requireEnv = (key: number) => { if (!process.env[key]) throw new Error(''); return process.env[key] }`,
  ],
  ['it calls what is not known', `import { read } from 'settings'\nexport const requireEnv = (key) => read(key)`],
  ['it adds texts', `export const requireEnv = (key) => { if (!process.env[key]) throw new Error(key); return '' + process.env[key] }`],
  [
    'its text has no end',
    `export const requireEnv = (key) => { ${Array.from({ length: 60 }, (_, step) => `const text${String(step + 1)} = \`\${text${String(step)}}\${text${String(step)}}\``).join('; ')}; return text60 }`.replaceAll(
      'text0',
      'key',
    ),
  ],
  ['it calls itself', `export const requireEnv = (key) => requireEnv(key)`],
  ['nobody gets it', `const requireEnv = (key) => { if (!process.env[key]) throw new Error(key); return process.env[key] }`],
])('no such function: %s', (_, text) => {
  expect(known(requireEnv, `//- /app.ts\n${text}`)).toEqual([])
})

test.each([
  `import { createHash, timingSafeEqual } from 'node:crypto'
   export function same(a: unknown, b: unknown): boolean {
     if (typeof a !== 'string' || typeof b !== 'string' || b === '') return false
     const digest = (text: string) => createHash('sha256').update(text).digest()
     return timingSafeEqual(digest(a), digest(b))
   }`,
  `import crypto from 'crypto'
   export const same = (a, b) => typeof a === 'string' && typeof b === 'string' && a !== '' && equal(Buffer.from(a), Buffer.from(b))
   function equal(a, b) { return a.length === b.length && crypto.timingSafeEqual(a, b) }`,
  `export const same = (a, b) => typeof a === 'string' && typeof b === 'string' && b !== '' && crypto.timingSafeEqual(hash(a), hash(b))
   const hash = (text) => crypto.createHash('sha256').update(text, 'utf8').digest()`,
])('a function that compares secrets: %s', (text) => {
  expect(known(sameSecret, `//- /app.ts\n${text}`)).toEqual(['same'])
})

test.each([
  [
    'nothing equals nothing',
    `export const isSameSecret = (a, b) => crypto.timingSafeEqual(hash(a), hash(b))\nconst hash = (text) => crypto.createHash('sha256').update(String(text)).digest()`,
  ],
  [
    'empty texts are equal',
    `export const isSameSecret = (a, b) => typeof a === 'string' && typeof b === 'string' && crypto.timingSafeEqual(hash(a), hash(b))\nconst hash = (text) => crypto.createHash('sha256').update(text).digest()`,
  ],
  [
    'it throws for other lengths',
    `export const isSameSecret = (a, b) => typeof a === 'string' && typeof b === 'string' && b !== '' && crypto.timingSafeEqual(Buffer.from(a), Buffer.from(b))`,
  ],
  [
    'it compares the texts first',
    `export const isSameSecret = (a, b) => typeof a === 'string' && typeof b === 'string' && b !== '' && (a === b || crypto.timingSafeEqual(hash(a), hash(b)))\nconst hash = (text) => crypto.createHash('sha256').update(text).digest()`,
  ],
  [
    'texts that are no digits of hex are equal',
    `export const same = (a, b) => typeof a === 'string' && typeof b === 'string' && b !== '' && equal(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'))
     const equal = (a, b) => a.length === b.length && crypto.timingSafeEqual(a, b)`,
  ],
  [
    'it throws for as many characters in more bytes',
    `export const isSameSecret = (a, b) => typeof a === 'string' && typeof b === 'string' && b !== '' && a.length === b.length && crypto.timingSafeEqual(Buffer.from(a), Buffer.from(b))`,
  ],
  [
    'texts that have no bytes of their own are equal',
    `export const same = (a, b) => typeof a === 'string' && b !== '' && equal(Buffer.from(\`\${a}\\ud800\`), Buffer.from(\`\${a}\\ud801\`))
     const equal = (a, b) => a.length === b.length && crypto.timingSafeEqual(a, b)`,
  ],
  ['it compares nothing else', `export const isSameSecret = (a, b) => typeof a === 'string' && b !== '' && a === b`],
  [
    'it says the opposite',
    `export const isSameSecret = (a, b) => typeof a !== 'string' || typeof b !== 'string' || b === '' || !crypto.timingSafeEqual(hash(a), hash(b))\nconst hash = (text) => crypto.createHash('sha256').update(text).digest()`,
  ],
  [
    'it is declared for texts alone',
    `import crypto from 'crypto'\nexport const isSameSecret = (a: string, b: string) => typeof a === 'string' && typeof b === 'string' && b !== '' && crypto.timingSafeEqual(hash(a), hash(b))\nconst hash = (text: string) => crypto.createHash('sha256').update(text).digest()`,
  ],
])('no comparison of secrets: %s', (_, text) => {
  expect(known(sameSecret, `//- /app.ts\n${text}`)).toEqual([])
})

test('names under which CommonJS gives functions away', () => {
  const fn = 'function demand(key) { if (!process.env[key]) throw new Error(key); return process.env[key] }'
  expect(known(requireEnv, `//- /a.js\n${fn}\nmodule.exports = { demand, other: demand, third: 3 }`)).toEqual(['demand', 'other'])
  expect(known(requireEnv, `//- /a.js\n${fn}\nmodule.exports = demand`)).toEqual(['default'])
  expect(known(requireEnv, `//- /a.js\n${fn}\nexports.first = demand\nmodule.exports.second = demand\nother.third = demand`)).toEqual([
    'first',
    'second',
  ])
})
