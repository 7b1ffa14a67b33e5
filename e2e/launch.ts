// Starts a real VS Code (code-server) on 127.0.0.1 with a profile of its own, and a headless Chromium that shows it.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import { QUIET_SETTINGS } from './quietSettings.js'

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const PACKAGES = join(ROOT, 'node_modules', '.cache', 'e2e', 'node_modules')
const NODE = join(PACKAGES, `node-${process.platform}-${process.arch}`, 'bin', 'node')
const CODE_SERVER = join(PACKAGES, 'code-server', 'out', 'node', 'entry.js')
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path))

export interface Launch {
  /** Files of the workspace, by path. */
  readonly files: Readonly<Record<string, string>>
  readonly settings?: Readonly<Record<string, unknown>>
  /** `restricted`: the folder is opened as one that nobody trusts. `host`: for tests inside the extension host, with the sources in place of the package. */
  readonly mode?: 'restricted' | 'host'
  /** The file of a workspace of several folders; without it the folder of all files is opened. */
  readonly workspace?: string
}

export interface Running {
  readonly page: Page
  readonly port: number
  /** Absolute paths of this run's workspace and of VS Code's own files. */
  readonly folder: string
  readonly userData: string
  /** What a window of this run opens, as the query of its address. */
  readonly query: string
  /** Requests of the page to other hosts; each was refused. */
  readonly requestsOutside: readonly string[]
  close(): Promise<void>
}

/** Installs the package and answers when the page exists. Nothing that it starts survives this process. */
export async function launch({ files, settings = {}, mode, workspace }: Launch): Promise<Running> {
  const base = mkdtempSync(join(tmpdir(), 'parapet-e2e-'))
  const place = (name: string): string => {
    mkdirSync(join(base, name), { recursive: true })
    return join(base, name)
  }
  const [folder, userData, extensions, home] = [place('workspace'), place('user'), place('extensions'), place('home')]
  write(folder, files)
  const trust = { 'security.workspace.trust.enabled': mode === 'restricted', 'security.workspace.trust.startupPrompt': 'never' }
  write(userData, { 'User/settings.json': JSON.stringify({ ...QUIET_SETTINGS, ...trust, ...settings }) })
  write(base, { 'config.yaml': 'auth: none\ncert: false\n' })
  const environment = environmentIn(base, home)
  const common = [CODE_SERVER, '--config', join(base, 'config.yaml'), '--user-data-dir', userData, '--extensions-dir', extensions]
  if (mode !== 'host') {
    execFileSync(NODE, [...common, '--install-extension', join(ROOT, 'parapet.vsix'), '--force'], { env: environment, stdio: 'pipe' })
  }
  const port = await freePort()
  const server = spawn(NODE, [...common, ...serverArguments(port, mode)], {
    env: environment,
    cwd: base,
    // Its own group, because it has several children that must end with it.
    detached: true,
    stdio: 'ignore',
  })
  const kill = (): void => killGroup(server)
  process.once('exit', kill)
  await untilHealthy(server, port)
  const { browser, page, requestsOutside } = await openBrowser()
  return {
    page,
    port,
    folder,
    userData,
    query: workspace === undefined ? `folder=${encodeURIComponent(folder)}` : `workspace=${encodeURIComponent(join(folder, workspace))}`,
    requestsOutside,
    close: async () => {
      await browser.close()
      kill()
      process.off('exit', kill)
      rmSync(base, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    },
  }
}

/** Writes files below a folder. */
export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

function environmentIn(base: string, home: string): NodeJS.ProcessEnv {
  return {
    PATH: `${dirname(NODE)}:${process.env['PATH'] ?? ''}`,
    LANG: 'C.UTF-8',
    SHELL: '/bin/sh',
    HOME: home,
    TMPDIR: base,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_CACHE_HOME: join(home, '.cache'),
    // No marketplace: nothing is asked of the network.
    EXTENSIONS_GALLERY: '{}',
  }
}

function serverArguments(port: number, mode: Launch['mode']): string[] {
  return [
    ...['--bind-addr', `127.0.0.1:${port}`, '--auth', 'none', '--disable-telemetry', '--disable-update-check', '--disable-proxy'],
    ...['--disable-getting-started-override', '--disable-file-downloads', '--disable-file-uploads', '--ignore-last-opened'],
    ...(mode === 'restricted' ? [] : ['--disable-workspace-trust']),
    // The extension host ends with the window and not three hours later.
    ...['--reconnection-grace-time', '2'],
    // Lets the page's address name an extension under development and its tests. It also hides notifications, so it is for these alone.
    ...(mode === 'host' ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ]
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function untilHealthy(server: ChildProcess, port: number): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(100)) {
    const isHealthy = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isHealthy) return
    if (server.exitCode !== null) break
  }
  throw new Error('VS Code did not start: run e2e/setup.sh, or remove node_modules/.cache/e2e and run it again.')
}

async function openBrowser(): Promise<{ browser: Browser; page: Page; requestsOutside: readonly string[] }> {
  if (CHROMIUM === undefined) throw new Error('No Chromium is installed: apt-get install chromium')
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  })
  const context = await browser.newContext({ viewport: { width: 1280, height: 960 }, locale: 'en-US' })
  const requestsOutside: string[] = []
  await context.route(
    ({ hostname, protocol }) => hostname !== '127.0.0.1' && protocol.startsWith('http'),
    (route) => {
      requestsOutside.push(route.request().url())
      return route.abort()
    },
  )
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  return { browser, page, requestsOutside }
}

function killGroup({ pid, exitCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Already gone.
  }
}
