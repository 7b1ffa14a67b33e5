// Loading real folders: what is read, what is left out and said, what is kept between runs.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { extractFacts } from '../analyzer/extract/extractFacts.js'
import { discover } from './discover.js'
import { loadProject } from './loadProject.js'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'parapet-load-'))
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
}

test('sources, settings and deployment files are read, installed packages and build output are not', () => {
  write({
    'src/app.ts': 'export const a = 1',
    'node_modules/express/index.js': '',
    'dist/app.js': '',
    'src/build/rules.ts': '',
    '.vscode/settings.json': '{}',
    '.github/workflows/ci.yml': 'on: push',
    Dockerfile: 'FROM node',
    'nginx/site.conf': 'server {}',
    'nginx/default.conf.template': 'server {}',
    '.do/app.yaml': 'name: api',
    'deploy/api.conf': 'upstream api { server api:3000; }\nserver {\n  listen 443 ssl;\n  location / { proxy_pass http://api; }\n}\n',
    'deploy/headers.conf': 'add_header X-Frame-Options DENY always;\n',
    'nginx/api': 'server {\n  listen 80;\n}\n',
    'nginx/LICENSE': 'Permission is hereby granted\n',
    'nginx/Makefile': 'reload:\n\tnginx -s reload\n',
    'nginx.conf.prod': 'server {}',
    'infra/sites-enabled/api.example.com': 'server {\n  server_name api.example.com;\n}\n',
    'apache/sites-enabled/000-default': '<VirtualHost *:80>\n</VirtualHost>\n',
    'my.conf': 'x',
    'redis.conf': 'maxmemory 256mb\nappendonly yes\n',
    'application.conf': 'server {\n  listen = "0.0.0.0"\n  port = 8080\n}\n',
    'named.conf': 'options { listen-on port 53 { any; }; };\n',
    'package-lock.json': '{}',
    'readme.md': '',
    'bin/www': '#!/usr/bin/env node\n',
    'bin/start': '#!/bin/sh\n',
  })
  const project = loadProject(root)
  expect([...project.files.keys()]).toEqual([
    '.do/app.yaml',
    '.github/workflows/ci.yml',
    'Dockerfile',
    'bin/www',
    'deploy/api.conf',
    'deploy/headers.conf',
    'infra/sites-enabled/api.example.com',
    'nginx.conf.prod',
    'nginx/api',
    'nginx/default.conf.template',
    'nginx/site.conf',
    'src/app.ts',
    'src/build/rules.ts',
  ])
  expect(project.skipped).toEqual([{ path: 'dist', reason: 'build output' }])
  expect(project.warnings).toEqual([])
})

test('build output is read where nothing else is there', () => {
  write({ 'dist/server.js': '', 'package.json': '{}' })
  expect([...loadProject(root).files.keys()]).toEqual(['dist/server.js', 'package.json'])
})

test('nested .gitignore files, and names of ignored environments', () => {
  write({
    '.gitignore': '*.local.js\n.env\n/private/\n',
    'a.local.js': '',
    '.env': 'SECRET=1',
    '.env.example': 'SECRET=',
    'private/a.js': '',
    'src/private/a.js': '',
    'src/.gitignore': '!keep.local.js\ngone.js\n',
    'src/keep.local.js': '',
    'src/gone.js': '',
    'other/gone.js': '',
  })
  const found = discover(root)
  expect(found.files).toEqual(['.env.example', 'other/gone.js', 'src/keep.local.js', 'src/private/a.js'])
  expect(found.ignoredFiles).toEqual(['.env'])
})

test('rules of the repository around the checked folder count', () => {
  mkdirSync(join(root, '.git'))
  write({ '.gitignore': 'api/generated/\n*.tmp.js\n', 'api/a.js': '', 'api/generated/b.js': '', 'api/c.tmp.js': '' })
  expect(discover(join(root, 'api')).files).toEqual(['a.js'])
  write({ '.gitignore': 'api/\n' })
  expect(discover(join(root, 'api')).files).toEqual(['a.js', 'c.tmp.js', 'generated/b.js'])
})

test('minified, binary, large and broken files are named, the rest goes on', () => {
  write({
    'a.js': 'const a = 1',
    'lib.min.js': 'x',
    'bundle.js': `var a=1;${'f();'.repeat(5000)}\n`,
    'binary.js': 'a\0b',
    'large.js': '// line\n'.repeat(1000),
    'package.json': '{ "name": ',
  })
  const project = loadProject(root, { limits: { fileBytes: 21_000 } })
  expect([...project.files.keys()]).toEqual(['a.js', 'large.js', 'package.json'])
  expect(project.skipped).toEqual([
    { path: 'binary.js', reason: 'not text' },
    { path: 'bundle.js', reason: 'minified' },
  ])
  expect(loadProject(root, { limits: { fileBytes: 7_000 } }).skipped.map((item) => item.path)).toContain('large.js')
  expect(project.warnings).toEqual(['package.json is not valid JSON, so its dependencies and scripts are not known.'])
})

test('ceilings are said', () => {
  write({ 'a.js': '// a', 'b.js': '// b', 'c.js': '// c' })
  expect(loadProject(root, { limits: { files: 2 } }).warnings).toEqual(['Not read: 1 files beyond the ceiling of 2.'])
  const project = loadProject(root, { limits: { totalBytes: 8 } })
  expect([...project.files.keys()]).toEqual(['a.js', 'b.js'])
  expect(project.warnings).toEqual(['Not read: 1 files beyond the ceiling of 8 bytes in all.'])
})

test('loops of links end, links to elsewhere are followed once', () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'parapet-else-'))
  writeFileSync(join(elsewhere, 'b.js'), '')
  write({ 'src/a.js': '' })
  symlinkSync(root, join(root, 'src/loop'))
  symlinkSync(elsewhere, join(root, 'src/linked'))
  symlinkSync('nowhere', join(root, 'src/broken.js'))
  symlinkSync('self.js', join(root, 'src/self.js'))
  expect(discover(root).files).toEqual(['src/a.js', 'src/linked/b.js'])
  rmSync(elsewhere, { recursive: true })
})

test('a link to a folder beside the project is followed, also where the names begin alike', () => {
  write({ 'shop/b.js': '', 'shop-api/a.js': '' })
  symlinkSync(join(root, 'shop'), join(root, 'shop-api/linked'))
  expect(discover(join(root, 'shop-api')).files).toEqual(['a.js', 'linked/b.js'])
})

test('an unreadable folder is said', () => {
  write({ 'a.js': '', 'locked/b.js': '' })
  chmodSync(join(root, 'locked'), 0)
  const { skipped, files } = discover(root)
  chmodSync(join(root, 'locked'), 0o755)
  // The superuser reads everything.
  expect(process.getuid?.() === 0 ? files.length : skipped).toEqual(
    process.getuid?.() === 0 ? 2 : [{ path: 'locked', reason: 'unreadable folder' }],
  )
  expect(discover(join(root, 'nothing')).skipped).toEqual([{ path: '.', reason: 'unreadable folder' }])
})

test('a byte order mark is no part of the text', () => {
  write({ 'a.js': '\uFEFFconst a = 1' })
  const project = loadProject(root)
  expect(project.texts('a.js')).toBe('const a = 1')
  expect(project.files.get('a.js')).toEqual(extractFacts('a.js', 'const a = 1'))
  expect(project.texts('gone.js')).toBe('')
})

test('facts from the cache equal fresh ones, under the name that the file has now', () => {
  const cacheFolder = join(root, 'node_modules/.cache/parapet')
  const text = 'class A { b = () => [1, "ü", null] }\nmodule.exports = async (x) => { await x }'
  write({ 'a.js': text, 'b.ts': 'export const a: number = 1', 'c.json': '{"a": [1]}', 'd.yml': 'a: 1', 'broken.js': 'const = 1' })
  loadProject(root, { cacheFolder }).saveCache()
  write({ 'moved/a.js': text })
  rmSync(join(root, 'a.js'))
  const warm = loadProject(root, { cacheFolder })
  const fresh = loadProject(root)
  expect([...warm.files]).toEqual([...fresh.files])
  expect(structuredClone(warm.files.get('moved/a.js'))).toEqual(fresh.files.get('moved/a.js'))
  expect(warm.files.get('moved/a.js')?.file).toBe('moved/a.js')
})

test('a cache that is damaged anywhere is as good as none', () => {
  const cacheFolder = join(root, 'cache')
  write({ 'src/a.js': 'const a = { b: 1 }\nfunction f() {}', 'src/b.js': 'f()' })
  const fresh = [...loadProject(root).files]
  loadProject(root, { cacheFolder }).saveCache()
  const content = readFileSync(join(cacheFolder, 'facts.bin'))
  for (let at = 0; at < content.length; at += 7) {
    const damaged = Buffer.from(content)
    damaged[at] = damaged[at] === 0x7b ? 0x30 : 0x7b
    writeFileSync(join(cacheFolder, 'facts.bin'), at % 2 === 0 ? content.subarray(0, at) : damaged)
    expect(loadProject(root, { cacheFolder }).files.size).toBe(fresh.length)
  }
  writeFileSync(join(cacheFolder, 'facts.bin'), content.subarray(0, content.length - 20))
  expect([...loadProject(root, { cacheFolder }).files]).toEqual(fresh)
})

test('a cache that cannot be written is no error', () => {
  write({ 'a.js': '', file: '' })
  const project = loadProject(root, { cacheFolder: join(root, 'file/cache') })
  project.saveCache()
  expect(project.files.size).toBe(1)
})
