// Imports: found, added in the right place, in the module system and interop of the file.
import { expect, test } from 'vitest'
import { edited } from '../../testing/edited.js'

const lines = (...text: string[]): string => `${text.join('\n')}\n`
const pkg = (json: object = {}): string => JSON.stringify(json)

function importing(texts: Readonly<Record<string, string>>, specifier: string, imported: string, local: string): string | null {
  const file = Object.keys(texts)[0] ?? ''
  return edited(texts, (editor) => {
    const name = editor.addImport(file, specifier, imported, local)
    editor.append(file, `use(${name})`)
  })
}

test('an import goes after the last one, in the style of the file', () => {
  expect(importing({ 'a.js': lines("import express from 'express' // web", '', 'express()') }, 'helmet', 'default', 'helmet')).toBe(
    lines("import express from 'express' // web", "import helmet from 'helmet'", '', 'express()', '', 'use(helmet)'),
  )
  expect(importing({ 'a.ts': lines('import express from "express";', 'express();') }, 'x', 'a', 'b')).toBe(
    lines('import express from "express";', 'import { a as b } from "x";', 'express();', '', 'use(b);'),
  )
})

test('a require goes after the last require before its use', () => {
  const text = lines(
    "'use strict'",
    "const express = require('express')",
    "require('dotenv').config()",
    'const app = express()',
    "const late = require('./late')",
  )
  const after = edited({ 'a.js': text }, (editor, { at }) => {
    const name = editor.addImport('a.js', 'helmet', 'default', 'helmet')
    editor.insertAfter(at('express()'), `app.use(${name}())`)
  })
  expect(after).toBe(
    text.replace('config()\n', "config()\nconst helmet = require('helmet')\n").replace('const late', 'app.use(helmet())\nconst late'),
  )
})

test('an application that is made by the require itself keeps its order', () => {
  const after = edited({ 'a.js': lines("const app = require('express')()", 'app.listen(1)') }, (editor, { scopeAt }) => {
    const name = editor.addImport('a.js', 'helmet', 'default', 'helmet')
    editor.addMiddleware(scopeAt("require('express')()"), `${name}()`)
  })
  expect(after).toBe(
    lines("const helmet = require('helmet')", '', "const app = require('express')()", 'app.use(helmet())', 'app.listen(1)'),
  )
})

test('what is imported already is used under its own name', () => {
  expect(importing({ 'a.js': "import shield from 'helmet'\n" }, 'helmet', 'default', 'helmet')).toBe(
    lines("import shield from 'helmet'", '', 'use(shield)'),
  )
  expect(importing({ 'a.js': "const c = require('node:crypto')\n" }, 'crypto', 'default', 'crypto')).toBe(
    lines("const c = require('node:crypto')", '', 'use(c)'),
  )
  expect(
    importing({ 'a.js': "const { rateLimit: limit } = require('express-rate-limit')\n" }, 'express-rate-limit', 'rateLimit', 'rateLimit'),
  ).toContain('use(limit)')
  expect(importing({ 'a.ts': "import type { x } from 'x'\n" }, 'x', 'x', 'y')).toContain("import { x as y } from 'x'")
})

test('a default export is the same as the name that the package gives it', () => {
  expect(importing({ 'a.js': "const limit = require('express-rate-limit')\n" }, 'express-rate-limit', 'rateLimit', 'rateLimit')).toContain(
    'use(limit)',
  )
  expect(importing({ 'a.js': "import { rateLimit } from 'express-rate-limit'\n" }, 'express-rate-limit', 'default', 'x')).toContain(
    'use(rateLimit)',
  )
  expect(importing({ 'a.js': "import { ipKeyGenerator } from 'express-rate-limit'\n" }, 'express-rate-limit', 'default', 'x')).toContain(
    'use(x)',
  )
})

test('a free name is found for a declaration', () => {
  const name = (text: string): string | null =>
    edited({ 'a.js': text }, (editor) => editor.append('a.js', `const ${editor.freeName('a.js', 'limiter')} = 1`))
  expect(name('a()\n')).toBe(lines('a()', '', 'const limiter = 1'))
  expect(name('const limiter = 0, limiter2 = 0\n')).toContain('const limiter3 = 1')
})

test('a further name joins the statement of its module', () => {
  expect(importing({ 'a.js': "import { a } from 'x'\n" }, 'x', 'b', 'b')).toBe(lines("import { a, b } from 'x'", '', 'use(b)'))
  expect(importing({ 'a.js': "const {\n  a,\n} = require('x')\n" }, 'x', 'b', 'c')).toBe(
    lines('const {', '  a,', '  b: c,', "} = require('x')", '', 'use(c)'),
  )
})

test('a name that is taken gives way', () => {
  expect(importing({ 'a.js': 'const helmet = 1\n' }, 'helmet', 'default', 'helmet')).toContain("const helmetPackage = require('helmet')")
  expect(importing({ 'a.js': 'const helmet = 1\n' }, '@fastify/helmet', 'default', 'helmet')).toContain('const fastifyHelmet = ')
  expect(importing({ 'a.mjs': 'const rateLimit = 1\n' }, 'express-rate-limit', 'rateLimit', 'rateLimit')).toContain(
    "import { rateLimit as expressRateLimit } from 'express-rate-limit'",
  )
  expect(importing({ 'a.ts': "import { Logger } from 'nestjs-pino'\n" }, '@nestjs/common', 'Logger', 'Logger')).toContain(
    "import { Logger as NestLogger } from '@nestjs/common'",
  )
  expect(importing({ 'a.js': 'const f = (logger) => logger()\n' }, './logger', 'default', 'logger')).toContain(
    "const loggerModule = require('./logger')",
  )
})

test('the module system comes from the syntax, the name, then the package', () => {
  const statement = (file: string, text: string, json: object = {}): string | undefined =>
    importing({ [file]: text, 'package.json': pkg(json) }, 'x', 'default', 'x')
      ?.split('\n')
      .find((line) => line.includes("'x'"))
  expect(statement('a.js', 'go()\n')).toBe("const x = require('x')")
  expect(statement('a.js', 'go()\n', { type: 'module' })).toBe("import x from 'x'")
  expect(statement('a.cjs', 'go()\n', { type: 'module' })).toBe("const x = require('x')")
  expect(statement('a.mjs', 'go()\n')).toBe("import x from 'x'")
  expect(statement('a.js', 'export const a = 1\n')).toBe("import x from 'x'")
  expect(statement('a.ts', 'go()\n')).toBe("import x from 'x'")
})

test('without interop a CommonJS package is imported as a namespace, one with a real default is not', () => {
  const config = { 'tsconfig.json': '{ "compilerOptions": { "module": "commonjs", "esModuleInterop": false } }' }
  const text = "import * as express from 'express'\n"
  expect(importing({ 'a.ts': text, ...config }, 'cors', 'default', 'cors')).toContain("import * as cors from 'cors'")
  expect(importing({ 'a.ts': text, ...config }, 'helmet', 'default', 'helmet')).toContain("import helmet from 'helmet'")
  const extended = {
    'api/a.ts': text,
    'api/tsconfig.json': '{ "extends": "../tsconfig.json" }',
    'tsconfig.json': '{ "compilerOptions": { "esModuleInterop": true, } }',
  }
  expect(importing(extended, 'cors', 'default', 'cors')).toContain("import cors from 'cors'")
})

test('files of the project are imported relatively, with the extension that the file uses', () => {
  expect(importing({ 'src/routes/a.js': "import b from './b.js'\n" }, '/src/logger.ts', 'default', 'logger')).toContain(
    "from '../logger.js'",
  )
  expect(importing({ 'src/a.ts': "import b from './b'\n" }, '/src/logger/index.ts', 'log', 'log')).toContain(
    "import { log } from './logger'",
  )
  const esm = { 'a.js': 'use()\n', 'logger.js': 'export default 1\n' }
  expect(importing(esm, './logger', 'default', 'logger')).toContain("const logger = require('./logger').default")
})

test('the first import stands under shebang, directive and licence', () => {
  expect(importing({ 'a.js': lines('#!/usr/bin/env node', 'go()') }, 'x', '*', 'x')).toBe(
    lines('#!/usr/bin/env node', "const x = require('x')", '', 'go()', '', 'use(x)'),
  )
  expect(importing({ 'a.mjs': lines('// Licence: MIT', '', 'go()') }, 'x', '*', 'x')).toBe(
    lines('// Licence: MIT', '', "import * as x from 'x'", '', 'go()', '', 'use(x)'),
  )
})

test('declarations after the imports are set apart', () => {
  const declare = (text: string): string | null =>
    edited({ 'a.js': text }, (editor) => {
      editor.addImport('a.js', 'x', 'default', 'x')
      editor.insertAfterImports('a.js', 'const y = x({\n  a: 1,\n})')
    })
  expect(declare(lines("import a from 'a'", '', 'a()'))).toBe(
    lines("import a from 'a'", "import x from 'x'", '', 'const y = x({', '  a: 1,', '})', '', 'a()'),
  )
  expect(declare(lines("import a from 'a'", 'a()'))).toBe(
    lines("import a from 'a'", "import x from 'x'", '', 'const y = x({', '  a: 1,', '})', '', 'a()'),
  )
})

test('names of a module of Node that the file has as a whole are its members', () => {
  for (const head of ["const crypto = require('crypto')\n", "import crypto from 'crypto'\n", "import * as crypto from 'node:crypto'\n"])
    expect(importing({ 'a.js': head }, 'node:crypto', 'createHash', 'createHash')).toBe(`${head}\nuse(crypto.createHash)\n`)
  expect(importing({ 'a.js': "import { randomUUID } from 'node:crypto'\n" }, 'node:crypto', 'createHash', 'createHash')).toBe(
    lines("import { randomUUID, createHash } from 'node:crypto'", '', 'use(createHash)'),
  )
  expect(importing({ 'a.js': "const { randomUUID } = require('crypto')\n" }, 'node:crypto', 'createHash', 'createHash')).toBe(
    lines("const { randomUUID, createHash } = require('crypto')", '', 'use(createHash)'),
  )
  expect(importing({ 'a.js': "const limits = require('limits')\n" }, 'limits', 'x', 'x')).toBe(
    lines("const limits = require('limits')", "const { x } = require('limits')", '', 'use(x)'),
  )
})

test('files that are found by their ending alone keep it', () => {
  expect(importing({ 'a.mjs': "import b from './b.mjs'\n" }, '/logger.mjs', 'logger', 'logger')).toContain(
    "import { logger } from './logger.mjs'",
  )
  expect(importing({ 'a.mjs': "import b from 'b'\n" }, '/logger.mjs', 'logger', 'logger')).toContain("from './logger.mjs'")
  expect(importing({ 'a.cjs': "const b = require('./b')\n" }, '/logger.cjs', 'logger', 'logger')).toContain("= require('./logger.cjs')")
  expect(importing({ 'a.mts': "import b from './b.mjs'\n" }, '/logger.mts', 'logger', 'logger')).toContain("from './logger.mjs'")
  expect(importing({ 'a.js': "const b = require('./b')\n" }, '/logger.js', 'logger', 'logger')).toContain("= require('./logger')")
})
