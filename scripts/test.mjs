#!/usr/bin/env node
// Everything that must hold before a change lands, in one run: installs, builds, checks, tests, and says how many passed.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setUp } from './setup.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const reportPath = join(root, '.tsbuild', 'vitest.json')

/** Checks of the text alone. They share the processor two by two; tests run afterwards, alone, because some measure time. */
const CHECKS = ['typecheck', 'lint', 'arrows', 'knip', 'format:check', 'build']

const setUpCode = setUp()
if (setUpCode !== 0) process.exit(setUpCode)

const failed = []
const waiting = [...CHECKS]
await Promise.all([checkNext(), checkNext()])

mkdirSync(dirname(reportPath), { recursive: true })
rmSync(reportPath, { force: true })
const unit = await run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`], { isQuiet: false })
const tests = countTests(unit.code)

for (const check of failed) console.log(`failed: npm run ${check}`)
const failures = failed.length + tests.failed
console.log(`${CHECKS.length - failed.length + tests.passed} passed, ${failures} failed`)
process.exitCode = failures === 0 ? 0 : 1

async function checkNext() {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const started = Date.now()
    const { code, output } = await run('npm', ['run', '--silent', check], { isQuiet: true })
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${check.padEnd(14)} ${((Date.now() - started) / 1000).toFixed(1)} s`)
    if (code === 0) continue
    failed.push(check)
    console.log(output)
  }
}

function run(command, args, { isQuiet }) {
  return new Promise((resolve) => {
    const env = {
      ...process.env,
      PATH: `${join(root, 'node_modules', '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
    }
    const child = spawn(command, args, { cwd: root, env, stdio: isQuiet ? 'pipe' : 'inherit', shell: process.platform === 'win32' })
    let output = ''
    child.stdout?.on('data', (data) => (output += data))
    child.stderr?.on('data', (data) => (output += data))
    child.on('error', (error) => resolve({ code: 1, output: String(error) }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** A file that fails to load, or a run that broke off, counts as a failure although none of its tests ran. */
function countTests(code) {
  if (!existsSync(reportPath)) return { passed: 0, failed: 1 }
  const report = JSON.parse(readFileSync(reportPath, 'utf8'))
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length
  const failures = report.numFailedTests + broken
  return { passed: report.numPassedTests, failed: failures === 0 && code !== 0 ? 1 : failures }
}
