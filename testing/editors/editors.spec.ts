// The server that is built, in editors that other people wrote: each opens a file, shows a finding behind characters outside of the
// Basic Multilingual Plane, and applies its fix.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const here = dirname(fileURLToPath(import.meta.url))
const server = [process.execPath, join(here, '..', '..', 'dist', 'cli.js'), 'lsp', '--stdio']

const EDITORS: Readonly<Record<string, readonly string[]>> = {
  nvim: ['--headless', '--clean', '-S', join(here, 'neovim.lua')],
  emacs: ['--batch', '-l', join(here, 'eglot.el')],
}

const BEFORE = `const express = require('express')

/* 🧱🧱 */ const app = express()
app.get('/', (req, res) => res.send('ok'))
app.listen(3000)
`
const AFTER = BEFORE.replace('express()\n', `express()\napp.disable('x-powered-by')\n`)

interface Shown {
  readonly message: string
  readonly marked: string
  readonly hover: string
  readonly action: string
}

const installed = Object.keys(EDITORS).filter((command) => spawnSync(command, ['--version']).error === undefined)

test('an editor is installed', () => expect(installed).not.toEqual([]))

test.each(installed)('%s', (command) => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'parapet-editor-')))
  try {
    const file = join(folder, 'app.js')
    writeFileSync(file, BEFORE)
    writeFileSync(join(folder, 'package.json'), '{ "scripts": { "start": "node app.js" }, "dependencies": { "express": "^5.0.0" } }\n')
    // Only this rule, so that the line has one finding and the fix is the only one.
    const others = readFileSync(join(here, '..', '..', 'rules', 'index.ts'), 'utf8').matchAll(/from '\.\/([\w-]+)\/rule\.js'/g)
    const off = [...others].flatMap(([, id = '']) => (id === 'no-powered-by' ? [] : [[id, 'off']]))
    writeFileSync(join(folder, 'parapet.config.json'), JSON.stringify({ rules: Object.fromEntries(off) as object }))
    const ran = spawnSync(command, EDITORS[command] ?? [], {
      encoding: 'utf8',
      timeout: 90_000,
      env: {
        PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
        HOME: folder,
        LANG: 'C.UTF-8',
        SERVER: JSON.stringify(server),
        FILE: file,
        LINE: '2',
      },
    })
    expect(ran.status, ran.stdout + ran.stderr).toBe(0)
    const shown = JSON.parse(ran.stdout.trim().split('\n').at(-1) ?? '') as Shown
    expect(shown.marked).toBe('express()')
    expect(shown.message).toMatch(/X-Powered-By/i)
    expect(shown.hover).toContain('no-powered-by')
    expect(shown.action).toMatch(/x-powered-by/i)
    expect(readFileSync(file, 'utf8')).toBe(AFTER)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
