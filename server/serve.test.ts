// What a client sees of findings, over a real connection.
import { expect, test } from 'vitest'
import { MessageType, type Diagnostic, type Hover } from 'vscode-languageserver'
import { defineRule } from '../analyzer/check/rule.js'
import { inEditor, PULLING } from '../testing/languageClient.js'
import { APP, SERVER, USERS } from '../testing/serverFixture.js'
import { EXPLAIN_REQUEST, ROUTES_REQUEST, WHY_REQUEST, type DiagnosticData } from './protocol.js'

const ids = (items: readonly Diagnostic[] | undefined): unknown[] => (items ?? []).map(({ code }) => code).sort()
const without = (text: string, part: string): string => text.replace(part, '')

test('unsaved text counts across files: headers in app.js and a limiter clear what the routes lacked', () =>
  inEditor(SERVER, async ({ client, folder }) => {
    client.open(folder.uri('routes/users.js'), USERS)
    expect(ids(await client.pull(folder.uri('routes/users.js')))).toContain('require-auth-rate-limit')
    client.open(folder.uri('app.js'), APP)
    const limited = APP.replace('express()\n', 'express()\napp.use(rateLimit({ windowMs: 60000, limit: 5 }))\n')
    client.change(folder.uri('app.js'), `import { rateLimit } from 'express-rate-limit'\n${limited}`)
    expect(ids(await client.pull(folder.uri('routes/users.js')))).not.toContain('require-auth-rate-limit')
  }))

test('a diagnostic says where to read on, what belongs to it, and carries its data', () =>
  inEditor(SERVER, async ({ client, folder }) => {
    const found = (await client.pull(folder.uri('routes/users.js'))).find(({ code }) => code === 'require-auth-rate-limit')
    expect(found).toMatchObject({ source: 'parapet', severity: 1, range: { start: { line: 7, character: 0 } } })
    expect(found?.codeDescription?.href).toMatch(/^file:.*require-auth-rate-limit\/README\.md$/)
    expect(found?.relatedInformation?.map(({ location }) => location.uri)).toContain(folder.uri('app.js'))
    expect(found?.data).toMatchObject({ ruleId: 'require-auth-rate-limit', confidence: 'high' })
  }))

test('the same state is not sent twice', () =>
  inEditor(SERVER, async ({ client, folder }) => {
    const textDocument = { uri: folder.uri('app.js') }
    const first = await client.connection.sendRequest<{ resultId: string }>('textDocument/diagnostic', { textDocument })
    const second = await client.connection.sendRequest('textDocument/diagnostic', { textDocument, previousResultId: first.resultId })
    expect(second).toEqual({ kind: 'unchanged', resultId: first.resultId })
  }))

test('while a file does not parse its findings stay, and follow the text', () =>
  inEditor(SERVER, async ({ client, folder }) => {
    const uri = folder.uri('routes/users.js')
    client.open(uri, USERS)
    const before = await client.pull(uri)
    client.change(uri, `// one\n// two\n${USERS}users.get('/more', (`)
    const during = await client.pull(uri)
    expect(ids(during)).toEqual(ids(before))
    expect(during.map(({ range }) => range.start.line)).toEqual(before.map(({ range }) => range.start.line + 2))
    client.change(uri, without(USERS, `  console.log('users')\n`))
    expect((await client.pull(uri)).length).toBe(before.length - 1)
  }))

test('columns count UTF-16 units, or bytes where the client wants that', async () => {
  const text = USERS.replace(`  console.log('users')`, `  /* 🧱🧱 ä */ console.log('users')`)
  const column = async (capabilities: typeof PULLING): Promise<number> => {
    let found = -1
    await inEditor(
      { ...SERVER, 'routes/users.js': text },
      async ({ client, folder }) => {
        const [first] = (await client.pull(folder.uri('routes/users.js'))).filter(({ code }) => code === 'no-console')
        found = first?.range.start.character ?? -1
        // An edit that is told in the same unit: both marks and the letter between them go.
        client.open(folder.uri('routes/users.js'), text)
        const start = { line: 4, character: 2 }
        const textDocument = { uri: folder.uri('routes/users.js'), version: 2 }
        const contentChanges = [{ range: { start, end: { line: 4, character: found } }, text: '' }]
        await client.connection.sendNotification('textDocument/didChange', { textDocument, contentChanges })
        const [moved] = (await client.pull(folder.uri('routes/users.js'))).filter(({ code }) => code === 'no-console')
        expect(moved?.range.start).toEqual(start)
      },
      { capabilities },
    )
    return found
  }
  expect(await column(PULLING)).toBe('  /* 🧱🧱 ä */ '.length)
  expect(await column({ ...PULLING, general: { positionEncodings: ['utf-8', 'utf-16'] } })).toBe(Buffer.byteLength('  /* 🧱🧱 ä */ '))
})

test('a hover says what, why and how; outside of findings there is none', () =>
  inEditor(SERVER, async ({ client, folder }) => {
    const at = (line: number): object => ({ textDocument: { uri: folder.uri('routes/users.js') }, position: { line, character: 4 } })
    const hover = await client.connection.sendRequest<Hover>('textDocument/hover', at(4))
    expect(hover.contents).toMatchObject({ kind: 'markdown', value: expect.stringMatching(/How to fix it[\s\S]*no-console/) as string })
    expect(await client.connection.sendRequest('textDocument/hover', at(0))).toBeNull()
  }))

test('pages are there without a network: of a rule, of a finding, of the routes', () =>
  inEditor(SERVER, async ({ client, folder }) => {
    const [first] = await client.pull(folder.uri('routes/users.js'))
    const { fingerprint, ruleId } = first?.data as DiagnosticData
    const why = await client.connection.sendRequest<{ markdown: string }>(WHY_REQUEST, { uri: folder.uri('routes/users.js'), fingerprint })
    expect(why.markdown).toMatch(new RegExp(`^# ${ruleId}\\n`))
    expect(await client.connection.sendRequest(EXPLAIN_REQUEST, { ruleId: 'no-console' })).toMatchObject({ ruleId: 'no-console' })
    expect(await client.connection.sendRequest(EXPLAIN_REQUEST, { ruleId: 'no-such-rule' })).toBeNull()
    const [routes] = await client.connection.sendRequest<{ text: string }[]>(ROUTES_REQUEST)
    expect(routes?.text).toMatch(/POST \/users\/login {2}routes\/users\.js:8/)
  }))

test('a rule that fails is one line in the log, and the others go on', async () => {
  const failing = defineRule({
    id: 'fails',
    summary: 'Fails.',
    category: 'operations',
    severity: 'error',
    presets: ['recommended'],
    frameworks: ['express'],
    references: [],
    messages: {},
    check: () => {
      throw new Error('on purpose')
    },
  })
  const { rules } = await import('../rules/index.js')
  await inEditor(
    SERVER,
    async ({ client, folder }) => {
      client.open(folder.uri('app.js'), APP)
      expect(ids(await client.pull(folder.uri('app.js')))).toContain('no-powered-by')
      client.change(folder.uri('app.js'), `${APP}\n`)
      await client.settled()
      expect(client.logs.filter((line) => line.includes('The rule fails failed'))).toHaveLength(1)
      expect(client.statuses.at(-1)).toMatchObject({ health: 'warning', isBusy: false, folders: [{ applications: 1, routes: 2 }] })
      expect(MessageType.Error).toBe(1)
    },
    { rules: [...rules, failing] },
  )
})
