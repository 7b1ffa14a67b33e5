// Which files are read only when somebody asks, and that asking gives what a full reading gives.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { analyze } from '../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../analyzer/check/configuration.js'
import { extractFacts } from '../analyzer/extract/extractFacts.js'
import { rules } from '../rules/index.js'
import { loadProject } from './loadProject.js'
import { deferredFacts, seldomReadIn } from './seldomRead.js'

const FILES = {
  'package.json': '{ "workspaces": ["web", "api"] }',
  'web/package.json': '{ "name": "web", "dependencies": { "react": "19.0.0" } }',
  'web/src/title.ts': "export const title = () => 'Shop'\n",
  'web/src/main.tsx': "import React from 'react'\nexport default () => <p />\n",
  'web/server.ts': "import express from 'express'\nexpress().listen(3000)\n",
  'api/package.json': '{ "name": "api", "main": "index.ts", "dependencies": { "express": "5.0.0" } }',
  'api/index.ts':
    "import express from 'express'\nimport { mount } from './tests/mount'\nconst app = express()\nmount(app)\napp.listen(80)\n",
  'api/tests/mount.ts': "export const mount = (app) => app.get('/from-a-test-folder', (req, res) => res.json({}))\n",
  'api/tests/ignoring.test.ts': '// parapet-ignore no-console\nconsole.log(1)\n',
}

function inFolder<Result>(work: (folder: string) => Result, files: Readonly<Record<string, string>> = FILES): Result {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-seldom-'))
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('code for browsers, tests and data are seldom read; servers, whatever their package, and files with directives always are', () => {
  inFolder((folder) => {
    const isSeldom = seldomReadIn(loadProject(folder).packages)
    const seldom = Object.entries(FILES).flatMap(([name, text]) => (isSeldom(name, text) ? [name] : []))
    expect(seldom).toEqual([
      'package.json',
      'web/package.json',
      'web/src/title.ts',
      'web/src/main.tsx',
      'api/package.json',
      'api/tests/mount.ts',
    ])
  })
})

test('in a folder where something loads a library of views and nothing a server, everything is for browsers', () => {
  const files = {
    'package.json': '{ "dependencies": { "vue": "3.0.0", "express": "5.0.0" } }',
    'web/main.ts': "import { createApp } from 'vue'\nimport { title } from './title'\ncreateApp({ title })\n",
    'web/title.ts': "export const title = 'Shop'\n",
    'api/app.ts':
      "import express from 'express'\nimport { title } from '../web/title'\nexpress().get('/', (req, res) => res.json(title))\n",
    'api/names.ts': "export const names = ['a']\n",
  }
  inFolder((folder) => {
    const { packages } = loadProject(folder)
    const isSeldom = seldomReadIn(packages, new Map(Object.entries(files)))
    expect(Object.entries(files).flatMap(([name, text]) => (isSeldom(name, text) ? [name] : []))).toEqual([
      'package.json',
      'web/main.ts',
      'web/title.ts',
    ])
  }, files)
})

test('a server that loads such a file is understood as if all had been read', () => {
  inFolder((folder) => {
    const options = { configuration: { ...DEFAULT_CONFIGURATION, preset: 'strict' as const }, only: [] }
    const [all, asked] = (['all', 'asked'] as const).map((extracts) => analyze(loadProject(folder, { extracts }), rules, options))
    expect(asked?.model.routes.map((route) => route.path)).toEqual(['/from-a-test-folder'])
    expect(JSON.stringify(asked?.findings)).toBe(JSON.stringify(all?.findings))
    expect(asked?.seen).toEqual(all?.seen)
  })
})

test('JSON that does not parse, nests deeply or speaks to Parapet is read at once', () => {
  const isSeldom = seldomReadIn([])
  expect(isSeldom('texts.json', '{ "greeting": "Hello [name" }')).toBe(true)
  expect(isSeldom('texts.json', '{ "greeting": ')).toBe(false)
  expect(isSeldom('tsconfig.json', '{ "strict": true, }')).toBe(false)
  expect(isSeldom('deep.json', '['.repeat(50_000) + ']'.repeat(50_000))).toBe(false)
  expect(isSeldom('texts.json', '{ "secret": "parapet-ignore no-hardcoded-secret" }')).toBe(false)
})

test('facts of data that are asked for later are those of a reading at once', () => {
  const text = '{ "greeting": "Hello", "list": [1, true, null] }'
  const facts = extractFacts('texts.json', text)
  expect({ ...deferredFacts('texts.json', text, () => facts), loads: undefined }).toEqual({ ...facts, loads: undefined })
})

test('nothing is extracted for the modules that a file loads, and a file that does not parse does nothing', () => {
  let asked = 0
  const facts = deferredFacts('a.tsx', "import type { A } from 'a'\nimport b from 'b'\nconst c = require('./c')\n", () => {
    asked += 1
    return { kind: 'unparsed', file: 'a.tsx', hash: '', message: '', line: 1, column: 1 }
  })
  expect(facts.loads).toEqual(['b', './c'])
  expect(asked).toBe(0)
  expect(facts.functions['']?.body).toEqual([])
  expect(facts.imports).toEqual([])
  expect(asked).toBe(1)
})

const applications = join(import.meta.dirname, '../test-fixtures')

// Every framework and package brings questions of its own.
test.each(readdirSync(applications))('no rule and no stage looks into data that nobody loads: %s', (name) => {
  expect(looksIntoData(join(applications, name))).toEqual({ entries: true, asked: 0 })
})

test('nor do the questions that fixes ask of all code', () => {
  const upload = `const express = require('express')
const multer = require('multer')
const app = express()
app.post('/photos', multer().single('photo'), (req, res) => res.end())
app.listen(3000)
`
  const looked = inFolder(looksIntoData, { 'package.json': '{ "dependencies": { "express": "5", "multer": "2" } }', 'app.js': upload })
  expect(looked).toEqual({ entries: true, asked: 0 })
})

function looksIntoData(folder: string): { entries: boolean; asked: number } {
  const text = '{ "greeting": "Hello" }'
  let asked = 0
  const data = deferredFacts('flows/greeting.json', text, () => {
    asked += 1
    return extractFacts('flows/greeting.json', text)
  })
  const project = loadProject(folder, { extracts: 'asked' })
  const files = new Map([...project.files, ['flows/greeting.json', data] as const])
  const { model } = analyze({ ...project, files }, rules, {
    configuration: { ...DEFAULT_CONFIGURATION, preset: 'strict', minConfidence: 'low' },
    only: [],
  })
  return { entries: model.entries.length > 0, asked }
}
