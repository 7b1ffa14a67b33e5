#!/usr/bin/env node
// The first command of the README: installs, builds, and checks an application, a small weak one where no path is given.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setUp } from './setup.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const SAMPLE = join(root, 'test-fixtures', 'plain-commonjs')

const setUpCode = setUp()
if (setUpCode !== 0) process.exit(setUpCode)

const build = spawnSync(process.execPath, ['--import', 'tsx', join(root, 'scripts', 'build.ts')], { cwd: root, stdio: ['ignore', 2, 2] })
if (build.status !== 0) process.exit(build.status ?? 1)

// npm runs scripts in the package's folder; paths are meant from where the command was typed.
const from = process.env.INIT_CWD ?? process.cwd()
const given = process.argv.slice(2)
const paths = given.filter((argument) => !argument.startsWith('-'))
for (const path of paths) {
  if (!existsSync(resolve(from, path))) {
    console.error(`There is nothing at ${path}: give the folder of a server, or no path to try the sample.`)
    process.exit(2)
  }
}
const args = given.map((argument) => (argument.startsWith('-') ? argument : resolve(from, argument)))
if (paths.length === 0) args.unshift(SAMPLE)
const check = spawnSync(process.execPath, [join(root, 'dist', 'cli.js'), 'check', ...args], { stdio: 'inherit' })
// Findings are what a trial is for, so they are no failure of this command.
process.exitCode = check.status === 1 ? 0 : (check.status ?? 3)
