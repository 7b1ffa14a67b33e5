#!/usr/bin/env node
// Installs the packages when they are missing or older than package-lock.json. Needs nothing but Node itself.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Runs `npm ci` when something that the lockfile names is not installed in that version. Answers the exit code. */
export function setUp() {
  const reason = whyStale()
  if (reason === null) return 0
  console.error(`Installing packages (${reason})…`)
  // No package that the project runs needs an install script.
  const outcome = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (outcome.status !== 0) console.error('`npm ci` failed: check the network and `npm config get registry`, then run the command again.')
  return outcome.status ?? 1
}

function whyStale() {
  const installed = lockedPackages(join(root, 'node_modules', '.package-lock.json'))
  if (!installed) return 'none are installed'
  for (const [path, wanted] of Object.entries(lockedPackages(join(root, 'package-lock.json')) ?? {})) {
    if (path === '') continue
    const found = installed[path]
    // Optional packages are the native binaries of other platforms.
    if (!found && !wanted.optional) return `${path} is missing`
    if (found && found.version !== wanted.version) return `${path} is ${found.version} and not ${wanted.version}`
  }
  return null
}

function lockedPackages(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : null
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = setUp()
