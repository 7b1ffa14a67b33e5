// While the first analysis of a project runs: what is asked can be withdrawn, what is typed is not lost, and the server can be ended.
import { expect, test } from 'vitest'
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver/node'
import type { Rule } from '../analyzer/check/rule.js'
import { everyRoute } from '../testing/everyRoute.js'
import { inEditor, type Editing } from '../testing/languageClient.js'
import { APP, SERVER } from '../testing/serverFixture.js'

/** Rules that take their time. */
const SLOW = 20
const TAKES = 40

function slowRules(onRun: () => void): readonly Rule[] {
  return Array.from({ length: SLOW }, (_, index) =>
    everyRoute(`slow-${index}`, () => {
      onRun()
      for (const end = performance.now() + TAKES; performance.now() < end;);
    }),
  )
}

/** A client that was told nothing yet, once the first rule has run. */
async function meanwhile(body: (editing: Editing, runs: () => number) => Promise<void>): Promise<void> {
  let runs = 0
  let begin: () => void = () => undefined
  const begun = new Promise<void>((resolve) => (begin = resolve))
  const rules = slowRules(() => {
    runs++
    begin()
  })
  const run = async (editing: Editing): Promise<void> => {
    await begun
    await body(editing, () => runs)
  }
  await inEditor(SERVER, run, { rules })
}

test('a request is withdrawn before the analysis is over', () =>
  meanwhile(async ({ client, folder }, runs) => {
    const source = new CancellationTokenSource()
    const asked = { textDocument: { uri: folder.uri('app.js') }, position: { line: 0, character: 0 } }
    const hover = client.connection.sendRequest('textDocument/hover', asked, source.token)
    source.cancel()
    await expect(hover).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled })
    expect(runs()).toBeLessThan(SLOW)
  }))

test('the server is ended before the analysis is over', async () => {
  let atEnd = 0
  let count: () => number = () => 0
  await meanwhile(async ({ client }, runs) => {
    count = runs
    await client.connection.sendRequest('shutdown')
    atEnd = runs()
  })
  expect(atEnd).toBeLessThan(SLOW)
  await new Promise((resolve) => setTimeout(resolve, 3 * TAKES))
  expect(count()).toBeLessThan(SLOW)
})

test('what is typed meanwhile is in the first findings', () =>
  meanwhile(async ({ client, folder }, runs) => {
    const uri = folder.uri('app.js')
    client.open(uri, APP)
    client.change(uri, `${APP}app.get('/typed', (req, res) => res.end())\n`)
    const [{ message } = { message: '' }] = (await client.pull(uri)).filter(({ message }) => String(message).includes('/typed'))
    expect(message).toContain('GET /typed.')
    expect(client.statuses.filter(({ folders }) => folders.some(({ lastRun }) => lastRun !== null)).length).toBeLessThan(3)
    expect(runs()).toBeGreaterThanOrEqual(SLOW)
  }))
