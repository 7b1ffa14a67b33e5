// Which folder is analysed for which arguments.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findUpwards, locateProject } from './locateProject.js'

let root = ''
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'parapet-locate-')))
  mkdirSync(join(root, '.git'))
  mkdirSync(join(root, 'api/src/routes'), { recursive: true })
  for (const file of ['api/package.json', 'api/src/app.js', 'api/src/routes/a.js', 'parapet.config.json'])
    writeFileSync(join(root, file), '{}')
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

test('one folder is the project; without arguments the current one', () => {
  expect(locateProject(['api'], root)).toEqual({ root: join(root, 'api'), selection: null, outerManifest: null })
  expect(locateProject([], join(root, 'api'))).toEqual({ root: join(root, 'api'), selection: null, outerManifest: null })
})

test('a folder inside a package is a part of it', () => {
  const part = { root: join(root, 'api'), selection: ['src/routes'], outerManifest: null }
  expect(locateProject(['api/src/routes'], root)).toEqual(part)
  expect(locateProject([], join(root, 'api/src/routes'))).toEqual(part)
})

test('a folder of examples or tests is looked at by itself, and names the package.json that is left out', () => {
  const folder = join(root, 'api/examples/small')
  mkdirSync(folder, { recursive: true })
  expect(locateProject(['api/examples/small'], root)).toEqual({
    root: folder,
    selection: null,
    outerManifest: join(root, 'api/package.json'),
  })
})

test('a file, or several paths, are parts of the package around them', () => {
  expect(locateProject(['api/src/app.js'], root)).toEqual({ root: join(root, 'api'), selection: ['src/app.js'], outerManifest: null })
  expect(locateProject(['api/src/routes', 'api/src/app.js'], root)).toMatchObject({
    root: join(root, 'api'),
    selection: ['src/routes', 'src/app.js'],
  })
  expect(locateProject(['api/src', 'parapet.config.json'], root)).toMatchObject({ root, selection: ['api/src', 'parapet.config.json'] })
})

test('a path that leads nowhere is named as it was given', () => {
  expect(locateProject(['api', 'nowhere'], root)).toEqual({ missing: 'nowhere' })
})

test('a file is looked for upwards, but not beyond the repository', () => {
  expect(findUpwards(join(root, 'api/src'), 'parapet.config.json')).toBe(join(root, 'parapet.config.json'))
  mkdirSync(join(root, 'api/.git'))
  expect(findUpwards(join(root, 'api/src'), 'parapet.config.json')).toBeNull()
})
