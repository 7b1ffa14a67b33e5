// The extension in a real VS Code, used as a person uses it: keys, what is on the screen, what is on disk. The tests share one window, in this order.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ACCOUNTS, APP, APPLICATION, USERS } from './application.js'
import { openWorkbench, type Workbench } from './workbench.js'

const LOGIN = 'checks passwords without a rate limit'
const STACK = 'The stack trace of an error reaches the client'

let code: Workbench

beforeAll(async () => {
  code = await openWorkbench({ files: APPLICATION })
})

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await code.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`)
})

afterAll(async () => {
  await code.close()
})

test('a file shows squiggles, and Problems lists files that are not open too', async () => {
  await code.openFile('src/app.js')
  const editor = code.editor('src/app.js')
  await editor.locator('.squiggly-error').first().waitFor({ timeout: 60_000 })
  await code.problem('Nothing sets security headers')
  const row = await code.problem(LOGIN)
  expect((await row.innerText()).split('\n').map((cell) => cell.trim())).toEqual([
    'parapetrequire-auth-rate-limit',
    '`POST /users/login` checks passwords without a rate limit.',
    'src/routes/users.js[Ln 6, Col 1]',
    'parapet',
  ])
  await code.problem('console.log')
  await code.screenshot('problems')
})

test('the hover says why and how', async () => {
  await code.gotoLine(4, 14)
  const hover = await code.hover('How to fix it')
  expect(await hover.innerText()).toContain('security headers')
  await code.screenshot('hover')
  await code.page.keyboard.press('Escape')
})

test('a quick fix by keyboard changes the file on disk and clears the problem', async () => {
  await code.gotoLine(4, 14)
  await code.quickFixes()
  await code.screenshot('quick-fix')
  await code.page.keyboard.press('Escape')
  await code.applyQuickFix('Disable X-Powered-By')
  await code.page.locator('.tab.active.dirty').waitFor()
  await code.noProblem('sends X-Powered-By')
  await code.openFile('src/app.js')
  await code.save()
  expect(code.read('src/app.js')).toBe(APP.replace('const app = express()\n', "const app = express()\napp.disable('x-powered-by')\n"))
})

test('a suggestion that touches a line is applied only when somebody asks', async () => {
  await code.openFile('src/routes/users.js')
  await code.gotoLine(15, 30)
  await code.applyQuickFix('Answer with a generic text and log the error')
  await code.noProblem(STACK)
  await code.openFile('src/routes/users.js')
  await code.save()
  expect(code.read('src/routes/users.js')).not.toContain('err.stack }')
  code.write('src/routes/users.js', USERS)
  await code.problem(STACK)
})

test('a suggestion may change several files at once', async () => {
  await code.openFile('src/accounts.js')
  await code.gotoLine(2, 5)
  await code.applyQuickFix('Log with a new pino logger')
  await code.noProblem('console.log')
  await code.saveAll()
  await expect.poll(() => code.read('package.json')).toContain('"pino"')
  expect(code.read('src/accounts.js')).toContain("logger.info({ name }, 'login of')")
  expect(code.read('src/logger.js')).toContain("require('pino')")
  code.write('src/accounts.js', ACCOUNTS)
  await code.problem('console.log')
})

// It only reads, so it may ask again: now and then the menu is gone when Enter arrives.
test('why something is a problem is told with its evidence', { retry: 2 }, async () => {
  await code.openFile('src/routes/users.js')
  await code.gotoLine(6, 3)
  await code.applyQuickFix('Why is this a problem? (require-auth-rate-limit)')
  const page = code.page.locator('iframe.webview').last().contentFrame().locator('iframe#active-frame').contentFrame()
  await page.locator('h2', { hasText: 'Evidence' }).waitFor({ timeout: 30_000 })
  await page.locator('li', { hasText: 'src/app.js:' }).first().waitFor()
  await code.page.keyboard.press('Control+F4')
})

test('an unsaved edit in app.js clears a finding in routes/users.js', async () => {
  await code.problem(LOGIN)
  await code.openFile('src/app.js')
  const saved = code.read('src/app.js')
  await code.gotoLine(6, 1)
  await code.page.keyboard.insertText("app.use('/users/login', require('express-rate-limit').rateLimit({ windowMs: 60_000, limit: 5 }))\n")
  await code.noProblem(LOGIN)
  await code.page.locator('.tab.active.dirty').waitFor()
  expect(code.read('src/app.js')).toBe(saved)
  await code.openFile('src/app.js')
  await code.command('File: Revert File')
  await code.problem(LOGIN)
})

test('a syntax error while typing keeps the findings', async () => {
  await code.openFile('src/routes/users.js')
  const squiggle = code.editor('src/routes/users.js').locator('.squiggly-error').first()
  await squiggle.waitFor()
  const runs = code.output('Parapet').split('\n').length
  await code.gotoLine(5, 1)
  await code.page.keyboard.insertText('const broken = {{{\n')
  await expect.poll(() => code.output('Parapet').split('\n').length, { timeout: 60_000 }).toBeGreaterThan(runs)
  await code.problem(LOGIN)
  await code.problem(STACK)
  await squiggle.waitFor()
  await code.openFile('src/routes/users.js')
  await code.command('File: Revert File')
})

test('a finding is suppressed with a reason', async () => {
  await code.openFile('src/routes/users.js')
  await code.gotoLine(15, 30)
  await code.applyQuickFix('Suppress no-stack-in-response on this line')
  await code.noProblem(STACK)
  await code.openFile('src/routes/users.js')
  await code.save()
  expect(code.read('src/routes/users.js')).toMatch(
    /^ {4}\/\/ parapet-ignore-next-line no-stack-in-response -- \S.*\n {4}res\.status\(500\)/m,
  )
})

test('an edit of the configuration takes effect at once', async () => {
  await code.problem('console.log')
  code.write('parapet.config.json', '{ "rules": { "no-console": "off" } }\n')
  await code.noProblem('console.log')
})

test('the configuration is completed and checked', async () => {
  await code.openFile('parapet.config.json')
  const editor = code.editor('parapet.config.json')
  await code.page.keyboard.press('Control+a')
  await code.page.keyboard.insertText('// what is on\n{ "preset": "sloppy", "rules": {  } }')
  await editor.locator('.squiggly-warning, .squiggly-error').first().waitFor()
  await code.gotoLine(2, 35)
  await code.page.keyboard.press('Control+Space')
  const suggestion = code.page.locator('.suggest-widget .monaco-list-row').filter({ hasText: 'no-console' })
  await suggestion.first().waitFor()
  await code.screenshot('configuration')
  await code.page.keyboard.press('Escape')
  await code.command('File: Revert File')
})

test('safe fixes are applied on save, and no others', async () => {
  code.settings({ 'editor.lineNumbers': 'off', 'editor.codeActionsOnSave': { 'source.fixAll.parapet': 'explicit' } })
  code.write('src/app.js', APP)
  await code.openFile('src/app.js')
  await code.problem('sends X-Powered-By')
  await code.openFile('src/app.js')
  // The settings have arrived.
  await code.editor('src/app.js').locator('.line-numbers').first().waitFor({ state: 'detached' })
  await code.gotoLine(7, 1)
  await code.page.keyboard.insertText('// saved')
  await code.save()
  await expect.poll(() => code.read('src/app.js'), { timeout: 60_000 }).toContain("app.disable('x-powered-by')")
  expect(code.read('src/app.js')).not.toContain('helmet')
})

test('the status item says how it is, and the output has one line for each run', async () => {
  await code.openFile('src/app.js')
  await code.page.locator('#status\\.languageStatus').click()
  const item = code.page.locator('.hover-language-status').filter({ hasText: 'parapet.config.json' })
  await item.first().waitFor()
  expect(await item.first().innerText()).toMatch(/\d+ errors?, .*parapet\.config\.json · .*\d+ ms/s)
  await code.screenshot('status')
  await code.page.keyboard.press('Escape')
  expect(code.output('Parapet')).toMatch(/\[info\] workspace: .*\b1 application.* \d+ ms/)
})

test('routes are shown with the chain in front of each', async () => {
  await code.command('Parapet: Show Routes')
  const editor = code.page.locator('.editor-group-container.active .monaco-editor[data-uri^="parapet:"]')
  await editor.locator('.view-line', { hasText: /POST.\/users\/login/ }).waitFor()
  await code.screenshot('routes')
})

test('a rule is explained without a network', async () => {
  await code.command('Parapet: Explain a Rule...')
  await code.pick('require-long-hsts', 'require-long-hsts')
  const page = code.page.locator('iframe.webview').last().contentFrame().locator('iframe#active-frame').contentFrame()
  await page.locator('h1', { hasText: 'require-long-hsts' }).waitFor({ timeout: 60_000 })
  await page.locator('h2', { hasText: 'Incorrect' }).waitFor()
})

test('settings take effect at once', async () => {
  code.settings({ 'parapet.enable': false })
  await code.noProblem(LOGIN)
  code.settings({ 'parapet.enable': true })
  await code.problem(LOGIN)
})

test('a restart brings the findings back', async () => {
  await code.openFile('src/routes/users.js')
  await code.command('Parapet: Restart Server')
  await expect.poll(() => code.output('Parapet'), { timeout: 60_000 }).toContain('Restart, as asked')
  await code.problem(LOGIN)
})

test('nothing was asked of any other machine', () => {
  expect(code.running.requestsOutside).toEqual([])
})
