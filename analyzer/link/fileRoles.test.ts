// Roles of files, by place, name, evidence and how they are started.
import { expect, test } from 'vitest'
import { packageAt } from '../../testing/packageAt.js'
import { extractFacts } from '../extract/extractFacts.js'
import type { PackageFacts } from '../model/model.js'
import { fileRoles } from './fileRoles.js'
import { pathRole } from './pathRoles.js'

function roles(
  texts: Readonly<Record<string, string>>,
  packages: readonly PackageFacts[] = [packageAt('')],
  started: readonly string[] = [],
  scripts: readonly string[] = [],
): Readonly<Record<string, string>> {
  const files = new Map(Object.entries(texts).map(([file, text]) => [file, extractFacts(file, text)]))
  const entries = started.map((file) => ({ file, why: '', isProduction: true }))
  return Object.fromEntries(fileRoles(files, packages, entries, new Set(scripts)))
}

test.each([
  ['test/users.js', 'test'],
  ['src/__tests__/users.ts', 'test'],
  ['src/users.spec.ts', 'test'],
  ['src/users.e2e-spec.ts', 'test'],
  ['src/test-utils/app.ts', 'test'],
  ['cypress/support/index.js', 'test'],
  ['src/routes/test/index.js', null],
  ['src/controllers/tests.controller.js', null],
  ['src/testimonials/index.ts', null],
  ['src/latest.js', null],
  ['src/contest/index.js', null],
  ['src/__mocks__/db.js', 'fixture'],
  ['src/mocks/user.ts', 'fixture'],
  ['examples/basic/server.js', 'example'],
  ['docs/swagger.js', 'example'],
  ['src/docs/swagger.js', null],
  ['migrations/1.js', 'migration'],
  ['db/knex_migrations/1.js', 'migration'],
  ['src/database/migrations/1.ts', 'migration'],
  ['scripts/release.js', 'script'],
  ['src/seeders/users.js', 'script'],
  ['seeder.js', 'script'],
  ['tools/x.js', 'script'],
  ['src/nodes/tools/x.js', null],
  ['src/types/express.d.ts', 'declaration'],
  ['src/generated/client.ts', 'generated'],
  ['src/Button.stories.tsx', 'story'],
  ['jest.config.js', 'config'],
  ['config/webpack.prod.js', 'config'],
  ['.eslintrc.js', 'config'],
  ['gulpfile.ts', 'config'],
  ['src/config/database.config.ts', null],
  ['server.config.js', null],
  ['public/app.js', 'client'],
  ['src/routes/public/index.js', null],
  ['bin/www', null],
  ['server/server.js', null],
])('%s → %s', (file, role) => {
  expect(pathRole(file, file)).toBe(role)
})

test('folders at the top are those of the nearest package', () => {
  expect(pathRole('packages/api/tools/x.js', 'tools/x.js')).toBe('script')
})

test('what lies beside the module that a package is loaded by is no example', () => {
  expect(pathRole('website/routes.js', 'website/routes.js')).toBe('example')
  expect(pathRole('website/routes.js', 'website/routes.js', './website/index.js')).toBe(null)
  expect(pathRole('demo/routes.js', 'demo/routes.js', 'website/index.js')).toBe('example')
})

test('what was compiled beside its source is generated', () => {
  expect(roles({ 'src/util.ts': 'export const a = 1', 'src/util.js': 'exports.a = 1', 'src/other.js': '', 'src/other.d.ts': '' })).toEqual({
    'src/util.ts': 'server',
    'src/util.js': 'generated',
    'src/other.js': 'server',
    'src/other.d.ts': 'declaration',
  })
})

test('a program for the terminal is none that starts the application', () => {
  const shebang = '#!/usr/bin/env node\n'
  const found = roles({
    'bin/www': `${shebang}const app = require('../app')\nrequire('http').createServer(app).listen(1)`,
    'bin/make.js': `${shebang}const { exec } = require('child_process')\nexec('ls')`,
    'bin/cli.js': `${shebang}const { program } = require('commander')\nrequire('../lib')`,
    'bin/serve.js': `${shebang}const yargs = require('yargs')\nconst app = require('express')()`,
    'app.js': '',
  })
  expect(found).toEqual({ 'bin/www': 'server', 'bin/make.js': 'cli', 'bin/cli.js': 'cli', 'bin/serve.js': 'server', 'app.js': 'server' })
})

test('files that only other scripts start are scripts, and so is a folder full of them', () => {
  const texts = { 'a.js': '', 'extra/1.js': '', 'extra/2.js': '', 'extra/3.js': '', 'extra/lib.js': '', 'src/1.js': '', 'src/2.js': '' }
  const scripts = ['extra/1.js', 'extra/2.js', 'extra/3.js', 'src/1.js']
  const found = roles(texts, [packageAt('')], ['a.js'], scripts)
  expect(found).toMatchObject({ 'a.js': 'server', 'extra/lib.js': 'script', 'src/1.js': 'script', 'src/2.js': 'server' })
  expect(roles({ 'scripts/start.js': '' }, [packageAt('')], ['scripts/start.js'])).toEqual({ 'scripts/start.js': 'server' })
})

test('browser code beside a server', () => {
  const texts = {
    'server/index.js': "const express = require('express')",
    'src/main.js': "import { createApp } from 'vue'",
    'src/mixins/socket.js': 'export default {}',
    'src/pages/Home.jsx': 'export default () => <p/>',
    'server/mail/Welcome.ts': "import React from 'react'",
    'server/mail/send.ts': "import fs from 'node:fs'",
  }
  expect(roles(texts, [packageAt('', { dependencies: { express: '4', vue: '3' } })])).toEqual({
    'server/index.js': 'server',
    'src/main.js': 'client',
    'src/mixins/socket.js': 'client',
    'src/pages/Home.jsx': 'client',
    'server/mail/Welcome.ts': 'client',
    'server/mail/send.ts': 'server',
  })
})

test('a package that depends on views and on no server is browser code', () => {
  const packages = [packageAt('', { dependencies: { express: '5' } }), packageAt('web', { dependencies: { react: '19' } })]
  expect(roles({ 'web/src/api.ts': 'export const a = 1', 'src/api.ts': 'export const a = 1', Dockerfile: 'FROM node' }, packages)).toEqual({
    'web/src/api.ts': 'client',
    'src/api.ts': 'server',
    Dockerfile: 'config',
  })
})

test('a package that only browsers and terminals use is none of the server, over any number of steps', () => {
  const web = packageAt('web', { name: 'web', dependencies: { react: '19', sandbox: 'workspace:*' }, devDependencies: { dotenv: '17' } })
  const cli = packageAt('cli', { name: 'cli', bin: ['shop.js'], dependencies: { data: 'workspace:*' } })
  const sandbox = packageAt('sandbox', { name: 'sandbox', dependencies: { data: 'workspace:*' } })
  const data = packageAt('data', { name: 'data' })
  const api = packageAt('api', { name: 'api', dependencies: { express: '5' } })
  const usingApi = packageAt('api', { name: 'api', dependencies: { express: '5', data: 'workspace:*' } })
  const texts = { 'data/random.ts': 'export const a = 1', 'sandbox/run.ts': 'export const b = 1' }
  const none = { 'data/random.ts': 'client', 'sandbox/run.ts': 'client' }
  expect(roles(texts, [web, cli, sandbox, data, api])).toEqual(none)
  expect(roles(texts, [web, cli, sandbox, data, usingApi])).toEqual({ ...none, 'data/random.ts': 'server' })
  // Whom a package is for that nobody here uses, nobody here knows.
  expect(roles(texts, [sandbox, data, api])).toEqual({ 'data/random.ts': 'server', 'sandbox/run.ts': 'server' })
})
