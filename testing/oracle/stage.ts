// Copies an application to a temporary folder whose node_modules holds what its package.json names, with the wanted Express.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { transformSync } from 'esbuild'
import typescript from 'typescript'
import { newestNest, repositoryRoot, type BuildStep, type ExpressVersion, type Fixture, type NestVersion } from './fixture.js'

export interface Stage {
  readonly folder: string
  remove(): void
}

interface Manifest {
  readonly name?: string
  readonly workspaces?: readonly string[]
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

const standIns = path.join(repositoryRoot, 'testing/oracle/stand-ins')

/** Files are absolute or given as text by relative name. The caller removes the stage. */
export function stageApplication(
  source: string | ReadonlyMap<string, string>,
  fixture: Fixture,
  express: ExpressVersion,
  nest: NestVersion = newestNest(fixture),
): Stage {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'oracle-')))
  if (typeof source === 'string') cpSync(source, folder, { recursive: true, filter: (name) => path.basename(name) !== 'node_modules' })
  else {
    for (const [file, text] of source) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
      writeFileSync(path.join(folder, file), text)
    }
  }
  linkPackages(folder, fixture, express, nest)
  for (const step of fixture.build ?? []) build(folder, step)
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

function linkPackages(folder: string, fixture: Fixture, express: ExpressVersion, nest: NestVersion): void {
  const manifest = readManifest(folder)
  const workspaces = (manifest.workspaces ?? []).flatMap((pattern) => expandWorkspace(folder, pattern))
  const manifests = [manifest, ...workspaces.map(readManifest)]
  const own = new Map(workspaces.map((workspace) => [readManifest(workspace).name, workspace]))
  const names = new Set(manifests.flatMap((each) => [...Object.keys(each.dependencies ?? {}), ...Object.keys(each.devDependencies ?? {})]))
  for (const name of names) link(folder, name, own.get(name) ?? installed(name, fixture, express, nest))
  link(folder, '@types', path.join(repositoryRoot, 'node_modules/@types'))
}

/** Older versions of Nest, and packages that register decorated controllers, are installed beside the others with what fits them. Nest 10 stands on Express 4 and Fastify 4. */
function installed(name: string, fixture: Fixture, express: ExpressVersion, nest: NestVersion): string {
  const besides = fixture.package === undefined ? [`nest${nest}`] : /^(?:express$|@types\/)/.test(name) ? [] : ['decorated']
  const inFolder = besides.map((folder) => path.join(repositoryRoot, 'testing', folder, 'node_modules', name))
  const own = [path.join(standIns, name), ...inFolder].find(existsSync)
  if (own !== undefined) return own
  const isFourth = (name === 'express' || name === 'fastify') && (express === 4 || nest === 10)
  return path.join(repositoryRoot, 'node_modules', isFourth ? `${name}4` : name)
}

function link(folder: string, name: string, target: string): void {
  const place = path.join(folder, 'node_modules', name)
  if (existsSync(place)) return
  if (!existsSync(target)) throw new Error(`The fixture depends on ${name}, which is not installed.`)
  mkdirSync(path.dirname(place), { recursive: true })
  symlinkSync(target, place, 'junction')
}

function expandWorkspace(folder: string, pattern: string): string[] {
  if (!pattern.endsWith('/*')) return [path.join(folder, pattern)]
  const parent = path.join(folder, pattern.slice(0, -2))
  return readdirSync(parent)
    .map((name) => path.join(parent, name))
    .filter((name) => existsSync(path.join(name, 'package.json')))
}

function readManifest(folder: string): Manifest {
  const file = path.join(folder, 'package.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : {}
}

function build(folder: string, step: BuildStep): void {
  const from = path.join(folder, step.from)
  for (const name of readdirSync(from, { recursive: true, encoding: 'utf8' }).filter((each) => each.endsWith('.ts'))) {
    const target = path.join(folder, step.to, name.replace(/\.ts$/, '.js'))
    const { code, map } = compile(
      readFileSync(path.join(from, name), 'utf8'),
      path.relative(path.dirname(target), path.join(from, name)),
      step,
    )
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, `${code}\n//# sourceMappingURL=${path.basename(target)}.map\n`)
    writeFileSync(`${target}.map`, map)
    writeFileSync(target.replace(/\.js$/, '.d.ts'), declarationOf(path.relative(path.dirname(target), path.join(from, name))))
  }
}

/** esbuild does not write the metadata that containers inject by, so decorated sources go through TypeScript. */
function compile(text: string, source: string, step: BuildStep): { readonly code: string; readonly map: string } {
  if (!step.decorators) return transformSync(text, { loader: 'ts', format: step.format, sourcemap: 'external', sourcefile: source })
  const result = typescript.transpileModule(text, {
    fileName: source,
    compilerOptions: {
      target: typescript.ScriptTarget.ES2022,
      module: step.format === 'cjs' ? typescript.ModuleKind.CommonJS : typescript.ModuleKind.ES2022,
      esModuleInterop: true,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      useDefineForClassFields: false,
      sourceMap: true,
    },
  })
  const map = JSON.parse(result.sourceMapText ?? '{}') as Record<string, unknown>
  return { code: result.outputText.replace(/\n\/\/# sourceMappingURL=.*/, ''), map: JSON.stringify({ ...map, sources: [source] }) }
}

/** Types of a compiled file are those of its source, which stands beside it. */
function declarationOf(source: string): string {
  return `export * from '${source.replace(/\.ts$/, '')}'\n`
}
