// A small application as text: files behind `//- /name` lines, with a package.json made from what they import.
import { builtinModules } from 'node:module'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseFixture } from '../fixture.js'
import { fixtureFolder, readFixture, type ExpressVersion, type Fixture, type NestVersion } from './fixture.js'

/** Project-relative names and texts. */
export type Texts = ReadonlyMap<string, string>

export interface InlineApplication {
  /** Files behind `//- /name` lines, or `{ fixture: 'name' }` for a folder of test-fixtures/. */
  readonly app: string | { readonly fixture: string }
  /** The file that is started: the first one unless told. */
  readonly entry?: string
  readonly env?: Readonly<Record<string, string>>
}

const RANGES: Readonly<Record<ExpressVersion, string>> = { 4: '^4.22.3', 5: '^5.3.0' }

/** Texts of the application, with package.json and (for TypeScript) tsconfig.json where it has none. */
export function applicationTexts(application: InlineApplication, express: ExpressVersion): Texts {
  const texts = new Map(
    typeof application.app === 'string' ? inlineTexts(application.app) : readFolder(fixtureFolder(application.app.fixture)),
  )
  if (!texts.has('package.json')) texts.set('package.json', manifestOf(texts, entryOf(application, texts)))
  if (![...texts.keys()].some((name) => name.endsWith('tsconfig.json')) && [...texts.keys()].some((name) => name.endsWith('.ts')))
    texts.set('tsconfig.json', TSCONFIG)
  for (const [name, text] of texts) {
    if (path.posix.basename(name) === 'package.json') texts.set(name, text.replace(/("express": ")[^"]*/, `$1${RANGES[express]}`))
  }
  return texts
}

/** How the texts are started. */
export function fixtureOf(application: InlineApplication, texts: Texts): Fixture {
  const base: Fixture =
    typeof application.app === 'string'
      ? { title: '', entry: entryOf(application, texts), express: [4, 5], requests: [], probes: { flood: '/' } }
      : readFixture(fixtureFolder(application.app.fixture))
  const manifest = texts.get('package.json') ?? ''
  const nest = /"@nestjs\/core": "\D*(\d+)/.exec(manifest)?.[1]
  if (nest !== undefined) {
    const platform = manifest.includes('platform-fastify') ? 'fastify' : 'express'
    return { ...base, nest: platform, nestVersions: [Number(nest) as NestVersion], env: { ...base.env, ...application.env } }
  }
  const isFastify = /"fastify":/.test(manifest)
  return { ...base, ...(isFastify ? { fastify: [5] } : {}), env: { ...base.env, ...application.env } }
}

function inlineTexts(source: string): Texts {
  const { files, isPackageImplicit } = parseFixture(source)
  return new Map([...files].filter(([name]) => !isPackageImplicit || name !== 'package.json'))
}

function entryOf(application: InlineApplication, texts: Texts): string {
  return application.entry ?? [...texts.keys()][0] ?? 'server.js'
}

/** Names every package that the texts import, so that exactly those are linked. */
function manifestOf(texts: Texts, entry: string): string {
  const specifiers = [...texts.values()].flatMap((text) =>
    [...text.matchAll(/(?:\bfrom|\brequire\(|\bimport)\s*\(?\s*'([^'./][^']*)'/g)].map((match) => match[1] ?? ''),
  )
  const names = specifiers.map((specifier) =>
    specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/'),
  )
  const packages = [...new Set(names)].filter((name) => !name.startsWith('node:') && !builtinModules.includes(name)).sort()
  const isModule = [...texts].some(([name, text]) => /\.[jt]s$/.test(name) && /^(import|export)\b/m.test(text))
  const runner = entry.endsWith('.ts') ? 'tsx' : 'node'
  return `${JSON.stringify(
    {
      name: 'application',
      version: '1.0.0',
      private: true,
      ...(isModule ? { type: 'module' } : {}),
      scripts: { start: `${runner} ${entry}` },
      dependencies: Object.fromEntries(packages.map((name) => [name, name === 'express' ? RANGES[5] : '*'])),
    },
    null,
    2,
  )}\n`
}

const TSCONFIG = `${JSON.stringify({ compilerOptions: { target: 'es2022', module: 'nodenext', strict: true, skipLibCheck: true, noEmit: true, types: ['node'] } }, null, 2)}\n`

function readFolder(folder: string): Texts {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    names
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => path.basename(file) !== 'fixture.json' && !file.endsWith('.txt'))
      .map((file) => [path.relative(folder, file).split(path.sep).join('/'), readFileSync(file, 'utf8')]),
  )
}
