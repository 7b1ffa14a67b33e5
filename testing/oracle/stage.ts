// Copies an application to a temporary folder whose node_modules holds what its package.json names, with the wanted Express.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { transformSync } from 'esbuild'
import type { ExpressVersion, Fixture } from './fixture.js'
import { repositoryRoot } from './fixture.js'

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
export function stageApplication(source: string | ReadonlyMap<string, string>, fixture: Fixture, express: ExpressVersion): Stage {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'oracle-')))
  if (typeof source === 'string') cpSync(source, folder, { recursive: true, filter: name => path.basename(name) !== 'node_modules' })
  else {
    for (const [file, text] of source) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
      writeFileSync(path.join(folder, file), text)
    }
  }
  linkPackages(folder, express)
  for (const step of fixture.build ?? []) build(folder, step)
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

function linkPackages(folder: string, express: ExpressVersion): void {
  const manifest = readManifest(folder)
  const workspaces = (manifest.workspaces ?? []).flatMap(pattern => expandWorkspace(folder, pattern))
  const manifests = [manifest, ...workspaces.map(readManifest)]
  const own = new Map(workspaces.map(workspace => [readManifest(workspace).name, workspace]))
  const names = new Set(manifests.flatMap(each => [...Object.keys(each.dependencies ?? {}), ...Object.keys(each.devDependencies ?? {})]))
  for (const name of names) link(folder, name, own.get(name) ?? installed(name, express))
  link(folder, '@types', path.join(repositoryRoot, 'node_modules/@types'))
}

function installed(name: string, express: ExpressVersion): string {
  const local = path.join(standIns, name)
  if (existsSync(local)) return local
  return path.join(repositoryRoot, 'node_modules', name === 'express' && express === 4 ? 'express4' : name)
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
  return readdirSync(parent).map(name => path.join(parent, name)).filter(name => existsSync(path.join(name, 'package.json')))
}

function readManifest(folder: string): Manifest {
  const file = path.join(folder, 'package.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : {}
}

function build(folder: string, step: { from: string; to: string; format: 'cjs' | 'esm' }): void {
  const from = path.join(folder, step.from)
  for (const name of readdirSync(from, { recursive: true, encoding: 'utf8' }).filter(each => each.endsWith('.ts'))) {
    const target = path.join(folder, step.to, name.replace(/\.ts$/, '.js'))
    const result = transformSync(readFileSync(path.join(from, name), 'utf8'), {
      loader: 'ts', format: step.format, sourcemap: true, sourcefile: path.relative(path.dirname(target), path.join(from, name)),
    })
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, `${result.code}//# sourceMappingURL=${path.basename(target)}.map\n`)
    writeFileSync(`${target}.map`, result.map)
  }
}
