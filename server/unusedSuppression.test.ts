// Comments that suppress nothing, and the names in those that do.
import { expect, test } from 'vitest'
import type { CodeAction, Diagnostic, Hover, TextDocumentEdit } from 'vscode-languageserver'
import { inEditor } from '../testing/languageClient.js'
import { SERVER, USERS } from '../testing/serverFixture.js'
import { ruleNamedAt } from './namedRules.js'
import { linesOf } from './positions.js'

const LOGIN = `  console.log('login')\n`

/** The text after the comment was removed; null where that is not offered. */
async function afterRemoval(text: string): Promise<string | null> {
  let after: string | null = null
  await inEditor(SERVER, async ({ client, folder }) => {
    const uri = folder.uri('routes/users.js')
    client.open(uri, text)
    const found = (await client.pull(uri)).find(({ code }) => code === 'unused-suppression')
    expect(found?.tags).toEqual([1])
    const params = { textDocument: { uri }, range: found!.range, context: { diagnostics: [] as Diagnostic[] } }
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', params)
    const action = actions.find(({ title }) => title === 'Remove this suppression')
    if (action === undefined) return
    expect(action.isPreferred).toBe(true)
    const { edit } = await client.connection.sendRequest<CodeAction>('codeAction/resolve', action)
    const [change] = (edit?.documentChanges as TextDocumentEdit[] | undefined)?.[0]?.edits ?? []
    const lines = linesOf(text, 'utf-16')
    after = text.slice(0, lines.offsetOf(change!.range.start)) + text.slice(lines.offsetOf(change!.range.end))
  })
  return after
}

test.each([
  ['a line of its own', `  // parapet-ignore-next-line no-powered-by -- not here\n${LOGIN}`],
  ['several rules, none of which reports', `  // parapet-ignore-next-line no-powered-by, no-eval -- not here\n${LOGIN}`],
  ['a comment in a block', `  /* parapet-ignore-next-line no-powered-by -- not here */\n${LOGIN}`],
  ['behind code', LOGIN.replace('\n', ' // parapet-ignore-line no-powered-by -- not here\n')],
])('%s is removed whole', async (_, written) => {
  expect(await afterRemoval(USERS.replace(LOGIN, written).replaceAll('no-eval', 'no-hardcoded-secret'))).toBe(USERS)
})

test('a comment of which a part is needed stays', async () => {
  const text = USERS.replace(LOGIN, `  // parapet-ignore-next-line no-console, no-powered-by -- partly\n${LOGIN}`)
  expect(await afterRemoval(text)).toBeNull()
})

test('the name of a rule in a suppression has a hover', () =>
  inEditor(SERVER, async ({ client, folder }) => {
    const uri = folder.uri('routes/users.js')
    const text = USERS.replace(LOGIN, `  // parapet-ignore-next-line no-console -- fine\n${LOGIN}`)
    client.open(uri, text)
    const line = text.split('\n').findIndex((one) => one.includes('parapet-ignore'))
    const position = { line, character: text.split('\n')[line]!.indexOf('no-console') + 3 }
    const hover = await client.connection.sendRequest<Hover>('textDocument/hover', { textDocument: { uri }, position })
    expect(JSON.stringify(hover.contents)).toMatch(/no-console\]\(file:.*README\.md\)\*\*: \w/)
    expect(hover.range?.end.character).toBe(position.character + 7)
  }))

test('other words have none', () => {
  const text = 'no-console\n# parapet-ignore-file no-consol, no-console -- no-console is fine\n'
  const named = [...text.matchAll(/no-consol\w*/g)].map(({ index }) => ruleNamedAt(text, index + 1)?.range.start ?? null)
  expect(named).toEqual([null, null, text.indexOf(', no-console') + 2, null])
})
