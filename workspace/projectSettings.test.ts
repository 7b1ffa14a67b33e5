// Settings of projects: package.json, lockfiles, tsconfig.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { npmLookup, pnpmLookup, yarnLookup } from './lockfile.js'
import { readPackages } from './packageFiles.js'
import { readTsconfigs } from './tsconfigFiles.js'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'parapet-settings-'))
})
afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

function write(files: Readonly<Record<string, string>>): readonly string[] {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  return Object.keys(files)
}

test('package.json with what resolution and entries need', () => {
  const files = write({
    'package.json': JSON.stringify({
      name: 'a',
      version: '1.0.0',
      type: 'module',
      main: 'x.js',
      bin: { a: './bin/a.js' },
      scripts: { start: 'node x', odd: 1 },
      dependencies: { express: '^4.0.0' },
      peerDependencies: { cors: '2' },
      imports: { '#x': './x.js' },
      exports: './x.js',
      _moduleAliases: { '@': 'src' },
      workspaces: { packages: ['p/*'] },
      oclif: { commands: './dist/commands' },
    }),
    '.babelrc': '{"plugins": [["module-resolver", {"alias": {"~": "./src"}}]]}',
    'broken/package.json': '[]',
  })
  const { packages, broken } = readPackages(root, files)
  expect(broken).toEqual(['broken/package.json'])
  expect(packages).toEqual([
    {
      folder: '',
      name: 'a',
      version: '1.0.0',
      dependencies: { express: '^4.0.0', cors: '2' },
      devDependencies: {},
      scripts: { start: 'node x' },
      main: 'x.js',
      bin: ['./bin/a.js'],
      isModule: true,
      locked: {},
      imports: { '#x': './x.js' },
      exports: './x.js',
      moduleAliases: { '~': './src', '@': 'src' },
      workspaces: ['p/*'],
      oclifCommands: './dist/commands',
    },
  ])
})

test('workspaces of pnpm and lerna', () => {
  const files = write({
    'package.json': '{}',
    'pnpm-workspace.yaml': 'packages:\n  # ours\n  - \'packages/*\' # all\n  - apps/api\n  - "!old"\ncatalog:\n  - no\n',
    'lerna.json': '{"packages": ["libs/*"]}',
  })
  expect(readPackages(root, files).packages[0]?.workspaces).toEqual(['libs/*', 'packages/*', 'apps/api', '!old'])
})

test('members take their versions from the lockfile above them', () => {
  const files = write({
    'package.json': '{"dependencies": {"express": "^4"}}',
    'packages/a/package.json': '{"dependencies": {"express": "^5"}, "devDependencies": {"cors": "*"}}',
    'package-lock.json': JSON.stringify({
      packages: {
        'node_modules/express': { version: '4.18.2' },
        'packages/a/node_modules/express': { version: '5.0.1' },
        'node_modules/cors': { version: '2.8.5' },
      },
    }),
  })
  const { packages } = readPackages(root, files)
  expect(packages.map((item) => item.locked)).toEqual([{ express: '4.18.2' }, { express: '5.0.1', cors: '2.8.5' }])
})

test('a lockfile is there where it is not read, and where it lies above the folder that is checked', () => {
  write({ 'a/package.json': '{}', '.git/HEAD': '' })
  const inside = (): unknown => readPackages(join(root, 'a'), ['package.json']).packages[0]?.hasLockfile
  expect(inside()).toBeUndefined()
  write({ 'bun.lockb': '' })
  expect(inside()).toBe(true)
})

test('lockfiles of all kinds', () => {
  expect(npmLookup('{"dependencies": {"express": {"version": "4.17.1"}}}')('express', '^4', '')).toBe('4.17.1')
  expect(['{"broken', 'null', '[]'].map((text) => npmLookup(text)('express', '^4', ''))).toEqual([undefined, undefined, undefined])
  const yarn1 =
    '# yarn lockfile v1\n\nexpress@^4.16.0, express@^4.17.1:\n  version "4.17.3"\n  resolved "x"\n\n"@scope/a@1":\n  version "1.0.0"\n'
  expect(yarnLookup(yarn1)('express', '^4.17.1', '')).toBe('4.17.3')
  expect(yarnLookup(yarn1)('@scope/a', '1', '')).toBe('1.0.0')
  expect(yarnLookup(yarn1)('express', '^5', '')).toBeUndefined()
  expect(yarnLookup('"express@npm:^4.17.1":\n  version: 4.21.0\n')('express', '^4.17.1', '')).toBe('4.21.0')
  const pnpm9 =
    "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    devDependencies:\n      turbo:\n        specifier: 1.10.16\n        version: 1.10.16\n\n" +
    "  packages/api:\n    dependencies:\n      '@scope/a':\n        specifier: ^1\n        version: 1.2.3(express@4.18.2)\n      express:\n        specifier: ^4\n        version: 4.18.2\n\n" +
    'packages:\n\n  express@4.18.2:\n    resolution: {integrity: x}\n'
  expect(pnpmLookup(pnpm9)('express', '^4', 'packages/api')).toBe('4.18.2')
  expect(pnpmLookup(pnpm9)('@scope/a', '^1', 'packages/api')).toBe('1.2.3')
  expect(pnpmLookup(pnpm9)('turbo', '1', '')).toBe('1.10.16')
  const pnpm5 = 'lockfileVersion: 5.4\n\nspecifiers:\n  express: ^4\n\ndependencies:\n  express: 4.17.1_x\n\npackages:\n'
  expect(pnpmLookup(pnpm5)('express', '^4', '')).toBe('4.17.1')
})

test('tsconfig with comments, extended twice, over folders', () => {
  const files = write({
    'tsconfig.base.json':
      '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["src/*"] }, /* out */ "outDir": "build", "module": "nodenext" } }',
    'apps/api/tsconfig.json': '{ "extends": "../../tsconfig.base", "compilerOptions": { "outDir": "dist", "rootDir": "src", }, }',
    'apps/web/tsconfig.json':
      '{ "extends": ["../api/tsconfig.json"], "compilerOptions": { "paths": { "~/*": ["./lib/*"] }, "esModuleInterop": false } }',
    'apps/loop/tsconfig.json': '{ "extends": "./tsconfig.json" }',
    'apps/broken/tsconfig.json': '[',
  })
  const byFolder = Object.fromEntries(readTsconfigs(root, files).map((config) => [config.folder, config]))
  expect(byFolder['apps/api']).toEqual({
    folder: 'apps/api',
    baseUrl: '',
    paths: { '@/*': ['src/*'] },
    outDir: 'apps/api/dist',
    rootDir: 'apps/api/src',
    esModuleInterop: true,
  })
  expect(byFolder['apps/web']).toMatchObject({ paths: { '~/*': ['lib/*'] }, esModuleInterop: false, outDir: 'apps/api/dist' })
  expect(byFolder['apps/loop']).toMatchObject({ baseUrl: null, paths: {} })
  expect(byFolder['apps/broken']).toMatchObject({ baseUrl: null, outDir: null })
})

test('${configDir} is the folder of the file that extends', () => {
  const files = write({
    'tsconfig.base.json': '{ "compilerOptions": { "outDir": "${configDir}/dist", "paths": { "@/*": ["${configDir}/src/*"] } } }',
    'apps/api/tsconfig.json': '{ "extends": "../../tsconfig.base.json" }',
  })
  const api = readTsconfigs(root, files).find(({ folder }) => folder === 'apps/api')
  expect(api).toMatchObject({ outDir: 'apps/api/dist', paths: { '@/*': ['apps/api/src/*'] } })
})

test('a base configuration of an installed package, and paths that leave the project', () => {
  const files = write({
    'node_modules/@tsconfig/node20/tsconfig.json': '{ "compilerOptions": { "esModuleInterop": true } }',
    'tsconfig.json':
      '{ "extends": "@tsconfig/node20/tsconfig.json", "compilerOptions": { "outDir": "../elsewhere", "paths": { "x": ["../y"] } } }',
  })
  const [config] = readTsconfigs(
    root,
    files.filter((file) => !file.startsWith('node_modules')),
  )
  expect(config).toMatchObject({ esModuleInterop: true, outDir: null, paths: { x: [] } })
})
