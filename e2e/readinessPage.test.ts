// The readiness page in a real browser: its filters by mouse and keyboard, no request, no message on the console, no serious fault of accessibility.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import type { AxeResults } from 'axe-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sandbox, type Sandbox } from '../cli/testTerminal.js'
import { WEAK_SERVER } from '../cli/weakServer.js'

const EXECUTABLE = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path))
const SHOTS = join(import.meta.dirname, '..', '.e2e')
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Routes with and without a limit and headers, a secret with a fallback, and text that would break a careless page. */
const SERVER = {
  ...WEAK_SERVER,
  'late.js': `module.exports = (app) => {
  app.post('/login/<b>"&\\'', (req, res) => res.json({ user: req.body.name }))
  app.delete('/users/:id', (req, res) => res.sendStatus(204))
}
`,
  'app.js': `const express = require('express')
const helmet = require('helmet')
const { rateLimit } = require('express-rate-limit')
const app = express()
require('./late.js')(app)
app.use(helmet())
app.use(rateLimit({ windowMs: 60000, limit: 100 }))
app.use('/users', require('./routes/users.js'))
const secret = process.env.SESSION_SECRET || 'keyboard cat'
console.log(secret.length)
app.listen(process.env.PORT || 3000)
`,
}

let browser: Browser
let project: Sandbox
let pageUrl = ''

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  project = sandbox(SERVER)
  const ran = await project.run(['report', '--no-cache', '--format', 'html=readiness.html'])
  expect(ran).toMatchObject({ code: 0, err: '' })
  pageUrl = pathToFileURL(join(project.root, 'readiness.html')).href
  browser = await chromium.launch({ ...(EXECUTABLE === undefined ? {} : { executablePath: EXECUTABLE }), args: ['--no-sandbox'] })
}, 60_000)

afterAll(async () => {
  await browser.close()
  project.remove()
})

interface Opened {
  readonly page: Page
  readonly messages: readonly string[]
  readonly requests: readonly string[]
}

async function open(options: BrowserContextOptions = {}): Promise<Opened> {
  const page = await (await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options })).newPage()
  const messages: string[] = []
  const requests: string[] = []
  page.on('console', (message) => messages.push(message.text()))
  page.on('pageerror', (error) => messages.push(error.message))
  page.on('request', (request) => requests.push(request.url()))
  await page.goto(pageUrl)
  return { page, messages, requests }
}

async function shownPaths(page: Page): Promise<string[]> {
  return page.locator('#routes tbody tr:visible td:nth-child(2)').allTextContents()
}

const ALL = ['/login/<b>"&\'', '/users/:id', '/users', '/users/:id']

test('routes are filtered by method, text and missing protection, and shown again', async () => {
  const { page, messages, requests } = await open()
  expect(await shownPaths(page)).toEqual(ALL)
  await page.getByLabel('Method').selectOption('DELETE')
  expect(await shownPaths(page)).toEqual(['/users/:id'])
  expect(await page.getByRole('status').textContent()).toBe('1 of 4 routes.')
  await page.getByRole('button', { name: 'Show all' }).click()
  await page.getByLabel('Without').selectOption('rate-limit')
  expect(await shownPaths(page)).toEqual(ALL.slice(0, 2))
  await page.getByLabel('Containing').fill('LOGIN')
  expect(await shownPaths(page)).toEqual(ALL.slice(0, 1))
  await page.getByRole('button', { name: 'Show all' }).click()
  expect(await shownPaths(page)).toEqual(ALL)
  expect({ messages, requests }).toEqual({ messages: [], requests: [pageUrl] })
})

test('everything works from the keyboard', async () => {
  const { page, messages } = await open()
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the areas')
  const first = page.locator('summary').first()
  await first.focus()
  const isUnfolded = (): Promise<unknown> => page.evaluate("document.querySelector('summary').parentElement.open")
  const wasOpen = await isUnfolded()
  await page.keyboard.press('Enter')
  expect(await isUnfolded()).toBe(!wasOpen)
  await page.getByLabel('Containing').focus()
  await page.keyboard.type('login')
  expect(await shownPaths(page)).toEqual(ALL.slice(0, 1))
  await page.keyboard.press('Tab')
  await page.keyboard.type('GET')
  expect(await shownPaths(page)).toEqual([])
  await page.keyboard.press('Escape')
  expect(await shownPaths(page)).toEqual(ALL)
  expect(messages).toEqual([])
})

test.each([
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['phone', { colorScheme: 'light', viewport: { width: 360, height: 740 } }],
] as const)('no serious fault of accessibility, and nothing wider than the screen: %s', async (name, options) => {
  const { page, messages } = await open({ ...options, bypassCSP: true })
  await page.screenshot({ path: join(SHOTS, `readiness-${name}.png`), fullPage: true })
  await page.getByRole('heading', { name: 'Attack surface' }).scrollIntoViewIfNeeded()
  await page.screenshot({ path: join(SHOTS, `readiness-${name}-routes.png`) })
  await page.evaluate('scrollTo(0, 0)')
  await page.screenshot({ path: join(SHOTS, `readiness-${name}-top.png`) })
  const [scroll, width] = await page.evaluate<[number, number]>('[document.documentElement.scrollWidth, innerWidth]')
  expect(scroll).toBeLessThanOrEqual(width)
  await page.evaluate(AXE)
  const results = await page.evaluate(() => (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run())
  const serious = results.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  expect(results.passes.length).toBeGreaterThan(10)
  expect(messages).toEqual([])
})

test('paper has what the screen folds away, and the policy refuses other scripts', async () => {
  const { page, messages } = await open()
  await page.evaluate("dispatchEvent(new Event('beforeprint'))")
  expect(await page.locator('details:not([open])').count()).toBe(0)
  await page.evaluate("dispatchEvent(new Event('afterprint'))")
  expect(await page.locator('details:not([open])').count()).toBeGreaterThan(0)
  expect(messages).toEqual([])
  await page.evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: 'globalThis.ran = true' }))")
  expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false)
})
