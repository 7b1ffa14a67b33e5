// Starts an application for real on 127.0.0.1 and keeps what it registered.
import { fork, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { readFixture, repositoryRoot, type ExpressVersion, type Fixture, type NestVersion } from './fixture.js'
import { stageApplication } from './stage.js'

/** One call of `use`, a method, `route`, `param`, a setting, `listen` or `createServer`, in order of execution. */
export interface RecordedCall {
  readonly index: number
  readonly receiver: number
  readonly kind: 'app' | 'router' | 'route'
  readonly method: string
  /** Relative to the application's folder. Lines and columns from 1; the column is where the method's name stands. */
  readonly file: string
  readonly line: number
  readonly column: number
  /** '' without a path; regular expressions between slashes. */
  readonly path?: RecordedPath
  /** Flattened. `scope` is the receiver number of an application or router. */
  readonly handlers?: readonly { readonly name: string; readonly arity: number; readonly scope: number | null }[]
  /** The receiver number of what `route()` returned. */
  readonly made?: number
  readonly setting?: string
  readonly value?: unknown
}

export type RecordedPath = string | readonly RecordedPath[]

export interface RecordedReceiver {
  readonly id: number
  readonly kind: 'app' | 'router' | 'route'
  readonly file: string
  readonly line: number
  readonly column: number
}

/** A route of Fastify, with the hooks in front of it in their order. */
export interface RecordedFastifyRoute {
  readonly methods: readonly string[]
  /** With the prefixes of its contexts. */
  readonly url: string
  readonly hooks: readonly string[]
  /** Missing where a package makes it. */
  readonly file?: string
  readonly line?: number
  readonly package?: string
}

export interface Recording {
  readonly calls: readonly RecordedCall[]
  readonly receivers: readonly RecordedReceiver[]
  /** Of Fastify applications. */
  readonly routes?: readonly RecordedFastifyRoute[]
  /** Of a Nest application. */
  readonly nest?: readonly RecordedNestRoute[]
}

/** A server that listens, and the file that made it listen. */
export interface Listener {
  /** `tcp:` for servers that speak something else than HTTP. */
  readonly url: string
  readonly file: string | null
}

/** A route as Nest registers it, with the classes in front of it in order. */
export interface RecordedNestRoute {
  /** `GRAPHQL`, `SOCKET` and `RPC` for fields and messages, whose path is ''. */
  readonly method: string
  readonly path: string
  /** `NotesController.list` */
  readonly handler: string
  readonly guards: readonly string[]
  readonly interceptors: readonly string[]
  readonly pipes: readonly string[]
}

export interface RunningApplication {
  /** Of the first listener, of those that speak HTTP where there are some. */
  readonly url: string
  readonly listeners: readonly Listener[]
  readonly recorded: Recording
  /** What it printed so far. */
  output(): string
  /** Asks the process to end, as platforms do. */
  signal(name: 'SIGTERM' | 'SIGINT'): void
  stop(): Promise<void>
}

export interface StartOptions {
  /** Of Fastify where the fixture is for it. */
  readonly express: ExpressVersion
  /** The newest that the fixture runs on unless told. */
  readonly nest?: NestVersion
  readonly env?: Readonly<Record<string, string>>
  /** Instead of the fixture.json in the folder. */
  readonly fixture?: Fixture
  /** How many listeners are waited for, 1 unless told. */
  readonly listeners?: number
}

const START_LIMIT = 60_000
const LIFE_LIMIT = 240_000
const require = createRequire(import.meta.url)

/**
 * Copies the application (a folder, or texts by file name), starts the copy under NODE_ENV=production and waits until it listens.
 * Rejects with the output when it ends or does not listen within a minute. It is killed after four whatever happens.
 */
export async function startApplication(source: string | ReadonlyMap<string, string>, options: StartOptions): Promise<RunningApplication> {
  const fixture = options.fixture ?? readFixture(source as string)
  const stage = stageApplication(source, fixture, options.express, options.nest)
  const child = spawnFixture(stage.folder, fixture, options)
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const life = setTimeout(() => child.kill('SIGKILL'), LIFE_LIMIT)
  const stop = async () => {
    clearTimeout(life)
    child.kill('SIGKILL')
    await ended
    stage.remove()
  }
  try {
    const listeners = await listening(child, options.listeners ?? fixture.listeners ?? 1, () => output)
    const first = listeners.find((listener) => listener.url.startsWith('http:')) ?? listeners[0]
    const recorded = await recordingOf(child)
    return { url: first?.url ?? '', listeners, recorded, output: () => output, signal: (name) => void child.kill(name), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function spawnFixture(folder: string, fixture: Fixture, options: StartOptions): ChildProcess {
  const isTypeScript = /\.[cm]?ts$/.test(fixture.entry)
  const entry = path.join(folder, fixture.entry)
  const launcher = path.join(repositoryRoot, 'testing/oracle/launch.mjs')
  return fork(
    fixture.serve ? launcher : entry,
    fixture.serve ? [entry, fixture.serve.export, fixture.serve.as] : [...(fixture.arguments ?? [])],
    {
      cwd: folder,
      execArgv: [
        '--enable-source-maps',
        ...(isTypeScript ? ['--import', pathToFileURL(require.resolve('tsx')).href] : []),
        '--require',
        path.join(repositoryRoot, 'testing/oracle', recorderOf(fixture)),
      ],
      env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', PORT: '3000', ...fixture.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
}

function recorderOf(fixture: Fixture): string {
  if (fixture.nest !== undefined) return 'recordNest.cjs'
  if (fixture.package !== undefined) return 'recordDecorated.cjs'
  return (fixture.fastify ?? []).length > 0 ? 'recordFastify.cjs' : 'record.cjs'
}

function listening(child: ChildProcess, count: number, output: () => string): Promise<readonly Listener[]> {
  const listeners: Listener[] = []
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`It does not listen.\n${output()}`)), START_LIMIT)
    child.on('message', (message: { type: string; port: number; file: string | null; protocol?: 'tcp' }) => {
      if (message.type !== 'listening') return
      listeners.push({ url: `${message.protocol ?? 'http'}://127.0.0.1:${message.port}`, file: message.file })
      if (listeners.length < count) return
      clearTimeout(limit)
      resolve(listeners)
    })
    child.once('close', (code) => {
      clearTimeout(limit)
      reject(new Error(`It ended with ${String(code)}.\n${output()}`))
    })
  })
}

/** Asked for a moment after the first listener, because an application may go on registering in the same turn. */
async function recordingOf(child: ChildProcess): Promise<Recording> {
  await new Promise((resolve) => setTimeout(resolve, 50))
  return new Promise((resolve, reject) => {
    child.on('message', (message: { type: string } & Recording) => {
      if (message.type === 'record')
        resolve({ calls: message.calls, receivers: message.receivers, routes: message.routes ?? [], nest: message.nest ?? [] })
    })
    child.once('close', () => reject(new Error('It ended before it was asked what it registered.')))
    child.send('record')
  })
}
