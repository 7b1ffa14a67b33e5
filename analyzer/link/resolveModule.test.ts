// Specifiers to files, as Node, TypeScript and package managers resolve them.
import { expect, test } from 'vitest'
import { packageAt } from '../../testing/packageAt.js'
import type { PackageFacts } from '../model/model.js'
import { createResolver } from './resolveModule.js'
import type { TsconfigFacts } from './resolveModule.js'

function tsconfigAt(folder: string, rest: Partial<TsconfigFacts> = {}): TsconfigFacts {
  return { folder, baseUrl: null, paths: {}, outDir: null, rootDir: null, esModuleInterop: true, ...rest }
}

/** Resolves in a project of these files; the answer is the file, `name|subpath` of a package, or `missing`. */
function project(files: readonly string[], packages: readonly PackageFacts[] = [], tsconfigs: readonly TsconfigFacts[] = []) {
  const resolve = createResolver(new Set(files), { packages, tsconfigs })
  return (specifier: string, fromFile: string): string => {
    const answer = resolve(specifier, fromFile)
    if (answer.kind === 'file') return answer.file
    return answer.kind === 'package' ? `${answer.name}|${answer.subpath}` : 'missing'
  }
}

test('relative specifiers take the extension that the importer would', () => {
  const resolve = project(['src/util.mts', 'src/util.js', 'src/a.js', 'src/a.ts', 'src/data.json', 'src/view.tsx', 'src/old.mjs'])
  expect(resolve('./util', 'src/a.js')).toBe('src/util.js')
  expect(resolve('./util', 'src/a.ts')).toBe('src/util.mts')
  expect(resolve('./util.js', 'src/a.js')).toBe('src/util.js')
  expect(resolve('./util.js', 'src/a.ts')).toBe('src/util.mts')
  expect(resolve('./data', 'src/a.js')).toBe('src/data.json')
  expect(resolve('./view', 'src/a.ts')).toBe('src/view.tsx')
  expect(resolve('./old', 'src/a.ts')).toBe('src/old.mjs')
  expect(resolve('./nothing', 'src/a.ts')).toBe('missing')
  expect(resolve('../../outside', 'src/a.ts')).toBe('missing')
})

test('an emitted name means its source', () => {
  const resolve = project(['a.ts', 'b.tsx', 'c.mts', 'd.cts', 'types.d.ts'])
  expect(resolve('./b.js', 'a.ts')).toBe('b.tsx')
  expect(resolve('./c.mjs', 'a.ts')).toBe('c.mts')
  expect(resolve('./d.cjs', 'a.ts')).toBe('d.cts')
  expect(resolve('./b.js', 'entry.js')).toBe('b.tsx')
  expect(resolve('./types', 'a.ts')).toBe('types.d.ts')
})

test('compiled output beside its source stands for the source, whoever imports it', () => {
  const resolve = project(['util.ts', 'util.js', 'view.tsx', 'view.jsx', 'types.d.ts', 'types.js'])
  expect(resolve('./util', 'a.js')).toBe('util.ts')
  expect(resolve('./util.js', 'a.js')).toBe('util.ts')
  expect(resolve('./view', 'a.js')).toBe('view.tsx')
  expect(resolve('./types', 'a.js')).toBe('types.js')
})

test('folders resolve to their main or index, after a file of that name', () => {
  const resolve = project(
    ['routes/index.js', 'routes.js', 'models/index.ts', 'lib/main.js', 'index.js', 'routes/users.js'],
    [packageAt('lib', { main: 'main.js' })],
  )
  expect(resolve('./routes', 'index.js')).toBe('routes.js')
  expect(resolve('./routes/', 'index.js')).toBe('routes/index.js')
  expect(resolve('./models', 'index.js')).toBe('models/index.ts')
  expect(resolve('./lib', 'index.js')).toBe('lib/main.js')
  expect(resolve('.', 'routes/users.js')).toBe('routes/index.js')
  expect(resolve('..', 'routes/users.js')).toBe('index.js')
})

test('packages keep their subpath, and Node modules lose their prefix', () => {
  const resolve = project(['a.js', 'fs.js'])
  expect(resolve('express', 'a.js')).toBe('express|')
  expect(resolve('@scope/name/deep/path', 'a.js')).toBe('@scope/name|deep/path')
  expect(resolve('node:fs/promises', 'a.js')).toBe('fs|promises')
  expect(resolve('fs', 'a.js')).toBe('fs|')
  expect(resolve('node:test', 'a.js')).toBe('test|')
  expect(resolve('@/unknown', 'a.js')).toBe('missing')
})

test('tsconfig paths: the longest pattern, every target, the nearest configuration', () => {
  const resolve = project(
    ['src/app.ts', 'src/config/index.ts', 'lib/shared.ts', 'generated/db.ts', 'apps/web/main.ts', 'apps/web/src/config.ts'],
    [],
    [
      tsconfigAt('', { baseUrl: '', paths: { '@/*': ['src/*'], '@lib/*': ['missing/*', 'lib/*'], '@/db': ['generated/db'] } }),
      tsconfigAt('apps/web', { paths: { '@/*': ['apps/web/src/*'] } }),
    ],
  )
  expect(resolve('@/config', 'src/app.ts')).toBe('src/config/index.ts')
  expect(resolve('@/db', 'src/app.ts')).toBe('generated/db.ts')
  expect(resolve('@lib/shared', 'src/app.ts')).toBe('lib/shared.ts')
  expect(resolve('src/config', 'src/app.ts')).toBe('src/config/index.ts')
  expect(resolve('@/config', 'apps/web/main.ts')).toBe('apps/web/src/config.ts')
})

test('a folder under baseUrl does not shadow an installed package', () => {
  const resolve = project(
    ['config/index.ts', 'src/app.ts'],
    [packageAt('', { dependencies: { config: '^3.0.0' } })],
    [tsconfigAt('', { baseUrl: '' })],
  )
  expect(resolve('config', 'src/app.ts')).toBe('config|')
  expect(resolve('src/app', 'src/app.ts')).toBe('src/app.ts')
})

test('package.json imports with patterns and conditions', () => {
  const imports = { '#app/*': './dist/*.js', '#db': { browser: './browser.js', default: './src/db.ts' }, '#dep': 'pino' }
  const resolve = project(
    ['src/app.ts', 'src/db.ts', 'src/users.ts', 'browser.js'],
    [packageAt('', { imports })],
    [tsconfigAt('', { outDir: 'dist' })],
  )
  expect(resolve('#app/users', 'src/app.ts')).toBe('src/users.ts')
  expect(resolve('#db', 'src/app.ts')).toBe('src/db.ts')
  expect(resolve('#dep', 'src/app.ts')).toBe('pino|')
  expect(resolve('#other', 'src/app.ts')).toBe('missing')
})

test('a workspace package resolves to its sources, through exports, outDir or the usual folders', () => {
  const packages = [
    packageAt('', { name: 'root', workspaces: ['packages/*', '!packages/old'] }),
    packageAt('packages/api', { name: 'api', dependencies: { old: '1.0.0' } }),
    packageAt('packages/db', { name: '@acme/db', main: 'dist/index.js' }),
    packageAt('packages/log', {
      name: 'log',
      exports: { '.': { types: './lib/a.d.ts', default: './lib/a.js' }, './extra/*': './lib/extra/*.js' },
    }),
    packageAt('packages/plain', { name: 'plain' }),
    packageAt('packages/old', { name: 'old', main: 'index.js' }),
  ]
  const files = [
    'packages/api/index.ts',
    'packages/db/src/index.ts',
    'packages/db/src/users.ts',
    'packages/log/sources/a.ts',
    'packages/log/sources/extra/json.ts',
    'packages/plain/src/index.js',
    'packages/old/index.js',
  ]
  const resolve = project(files, packages, [tsconfigAt('packages/log', { outDir: 'packages/log/lib', rootDir: 'packages/log/sources' })])
  const from = 'packages/api/index.ts'
  expect(resolve('@acme/db', from)).toBe('packages/db/src/index.ts')
  expect(resolve('@acme/db/dist/users', from)).toBe('packages/db/src/users.ts')
  expect(resolve('log', from)).toBe('packages/log/sources/a.ts')
  expect(resolve('log/extra/json', from)).toBe('packages/log/sources/extra/json.ts')
  expect(resolve('plain', from)).toBe('packages/plain/src/index.js')
  expect(resolve('old', from)).toBe('old|')
})

test('a project does not shadow the registry with its own name, but local ranges link', () => {
  const packages = [
    packageAt('', { name: 'express', main: 'index.js', dependencies: { shared: 'file:../shared' } }),
    packageAt('shared', { name: 'shared', main: 'index.js' }),
  ]
  const resolve = project(['index.js', 'shared/index.js'], packages)
  expect(resolve('express', 'index.js')).toBe('express|')
  expect(resolve('shared', 'index.js')).toBe('shared/index.js')
})

test('aliases of module-alias and NODE_PATH', () => {
  const item = packageAt('', {
    moduleAliases: { '@models': 'dist/models', '@root': '.' },
    scripts: { start: 'NODE_PATH=./lib node index.js' },
  })
  const resolve = project(['src/models/user.ts', 'index.js', 'lib/mail/index.js'], [item])
  expect(resolve('@models/user', 'index.js')).toBe('src/models/user.ts')
  expect(resolve('@root/index', 'src/models/user.ts')).toBe('index.js')
  expect(resolve('mail', 'index.js')).toBe('lib/mail/index.js')
})

test('a relative path into the build folder means the source', () => {
  const resolve = project(['src/server.ts', 'bin/www'], [packageAt('')], [tsconfigAt('', { outDir: 'build' })])
  expect(resolve('../build/server', 'bin/www')).toBe('src/server.ts')
  expect(resolve('./bin/www', 'package.json')).toBe('bin/www')
})
