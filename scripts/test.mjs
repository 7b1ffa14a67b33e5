#!/usr/bin/env node
// Everything that must hold before a change lands, in one run: installs, builds, checks, tests, and says how many passed.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setUp } from './setup.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Checks of the text alone. They share the processor two by two; tests run afterwards, alone, because some measure time. */
const CHECKS = ['typecheck', 'lint', 'arrows', 'knip', 'format:check', 'build']

const setUpCode = setUp()
if (setUpCode !== 0) process.exit(setUpCode)

const failed = []
const waiting = [...CHECKS]
const hasBrowser = BROWSERS.some((path) => existsSync(path))
const [editor] = await Promise.all([hasBrowser ? run('sh', ['e2e/setup.sh'], { isQuiet: true }) : null, checkNext(), checkNext()])

const unit = await runTests('unit', [])
await runCheck('package')
const server = await testTheServer()
const endToEnd = await testTheEditor()

for (const check of failed) console.log(`failed: npm run ${check}`)
const passed = CHECKS.length + 1 - failed.length + unit.passed + server.passed + endToEnd.passed
const failures = failed.length + unit.failed + server.failed + endToEnd.failed
console.log(`${passed} passed, ${failures} failed`)
process.exitCode = failures === 0 ? 0 : 1

async function checkNext() {
  for (let check = waiting.shift(); check; check = waiting.shift()) await runCheck(check)
}

async function runCheck(check) {
  const started = Date.now()
  const { code, output } = await run('npm', ['run', '--silent', check], { isQuiet: true })
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${check.padEnd(14)} ${((Date.now() - started) / 1000).toFixed(1)} s`)
  if (code === 0) return
  failed.push(check)
  console.log(output)
}

/** What was built: that it finds the same, the language server as a process with its figures where the system tells them, and editors that other people wrote where there is one. */
async function testTheServer() {
  const found = await Promise.all(['nvim', 'emacs'].map((command) => run(command, ['--version'], { isQuiet: true })))
  const hasEditor = found.some(({ code }) => code === 0)
  if (!hasEditor)
    console.log(
      'not run: the language server in Neovim and Emacs, because neither is installed (apt-get install neovim emacs-nox elpa-eglot)',
    )
  const files = ['shipped', ...(process.platform === 'linux' ? ['figures'] : []), ...(hasEditor ? ['editors.spec'] : [])]
  return runTests('server', ['--config', 'testing/editors/vitest.config.ts', ...files])
}

/** The extension in a real editor, where there is a browser to look at it. */
async function testTheEditor() {
  if (editor === null) {
    console.log('not run: the end-to-end tests of the editor, because no Chromium is installed (apt-get install chromium g++ make python3)')
    return { passed: 0, failed: 0 }
  }
  if (editor.code !== 0) console.log(editor.output)
  return editor.code === 0 ? runTests('e2e', ['--config', 'e2e/vitest.config.ts']) : { passed: 0, failed: 1 }
}

async function runTests(name, options) {
  const reportPath = join(root, '.tsbuild', `${name}.json`)
  mkdirSync(dirname(reportPath), { recursive: true })
  rmSync(reportPath, { force: true })
  const { code } = await run('vitest', ['run', ...options, '--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`], {
    isQuiet: false,
  })
  return countTests(code, reportPath)
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
function countTests(code, reportPath) {
  if (!existsSync(reportPath)) return { passed: 0, failed: 1 }
  const report = JSON.parse(readFileSync(reportPath, 'utf8'))
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length
  const failures = report.numFailedTests + broken
  return { passed: report.numPassedTests, failed: failures === 0 && code !== 0 ? 1 : failures }
}
