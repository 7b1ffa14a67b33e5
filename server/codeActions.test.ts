// What is offered at a place, and what choosing it changes.
import { expect, test } from 'vitest'
import type { ClientCapabilities, CodeAction, CodeActionContext, Range, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver'
import { inEditor, PULLING, type Editing, type LanguageClient } from '../testing/languageClient.js'
import { APP, SERVER, USERS } from '../testing/serverFixture.js'
import { linesOf } from './positions.js'
import { EXPLAIN_COMMAND, FIX_ALL_KIND, FIX_WORKSPACE_COMMAND, SUPPRESS_KIND } from './protocol.js'

const EVERYWHERE: Range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } }

function actionsIn(client: LanguageClient, uri: string, range = EVERYWHERE, only?: string[]): Promise<CodeAction[]> {
  const context: CodeActionContext = { diagnostics: [], ...(only === undefined ? {} : { only }) }
  return client.connection.sendRequest('textDocument/codeAction', { textDocument: { uri }, range, context })
}

const resolve = (client: LanguageClient, action: CodeAction | undefined): Promise<CodeAction> =>
  client.connection.sendRequest('codeAction/resolve', action)

function editsOf(edit: WorkspaceEdit | undefined): TextDocumentEdit[] {
  return (edit?.documentChanges ?? []).filter((change): change is TextDocumentEdit => 'textDocument' in change)
}

function applied(text: string, { edits }: TextDocumentEdit): string {
  const lines = linesOf(text, 'utf-16')
  return [...edits].reverse().reduce((result, edit) => {
    const written = 'newText' in edit ? edit.newText : edit.snippet.value
    return result.slice(0, lines.offsetOf(edit.range.start)) + written + result.slice(lines.offsetOf(edit.range.end))
  }, text)
}

const at = (line: number): Range => ({ start: { line, character: 4 }, end: { line, character: 4 } })

test('a fix comes without its edit; resolved it carries the version of the document', () =>
  inEditor(SERVER, async ({ client, folder }) => {
    client.open(folder.uri('app.js'), APP)
    const action = (await actionsIn(client, folder.uri('app.js'))).find(({ title }) => /x-powered-by/i.test(title))
    expect(action?.edit).toBeUndefined()
    expect(action?.diagnostics?.[0]?.code).toBe('no-powered-by')
    const [edit] = editsOf((await resolve(client, action)).edit)
    expect(edit?.textDocument).toEqual({ uri: folder.uri('app.js'), version: 1 })
    client.change(folder.uri('app.js'), applied(APP, edit!))
    expect((await client.pull(folder.uri('app.js'))).map(({ code }) => code)).not.toContain('no-powered-by')
  }))

test('only a safe fix is preferred', () =>
  inEditor(SERVER, async ({ client, folder }) => {
    const actions = await actionsIn(client, folder.uri('app.js'))
    const grades = actions.flatMap(({ diagnostics, data, isPreferred }) => {
      const fix = (diagnostics?.[0]?.data as { fix?: { safety: string } } | undefined)?.fix
      return (data as { kind?: string } | undefined)?.kind === 'fix' ? [[fix?.safety, isPreferred ?? false]] : []
    })
    expect(grades.length).toBeGreaterThan(1)
    for (const [safety, isPreferred] of grades) expect(isPreferred).toBe(safety === 'safe')
  }))

test('an edit is refused when the text is another one by then', () =>
  inEditor(SERVER, async ({ client, folder }) => {
    client.open(folder.uri('app.js'), APP)
    const action = (await actionsIn(client, folder.uri('app.js'))).find(
      ({ data }) => (data as { kind?: string } | undefined)?.kind === 'fix',
    )
    client.change(folder.uri('app.js'), `// new\n${APP}`)
    await expect(resolve(client, action)).rejects.toMatchObject({ code: -32801 })
  }))

test('a suggestion that reaches package.json asks first', () =>
  inEditor(SERVER, async ({ client, folder }) => {
    const helmet = (await actionsIn(client, folder.uri('app.js'))).find(({ title }) => /helmet/i.test(title))
    const { edit } = await resolve(client, helmet)
    expect(Object.values(edit?.changeAnnotations ?? {})).toEqual([
      { label: helmet?.title, needsConfirmation: true, description: expect.stringContaining('package.json') as string },
    ])
    const files = editsOf(edit)
    expect(files.map(({ textDocument }) => textDocument.uri).sort()).toEqual([folder.uri('app.js'), folder.uri('package.json')])
    expect(files.every(({ edits }) => edits.every((one) => 'annotationId' in one))).toBe(true)
  }))

test('all findings of a rule are fixed at once where there are several', () =>
  inEditor(SERVER, async ({ client, folder }) => {
    const uri = folder.uri('routes/users.js')
    client.open(uri, USERS)
    const all = (await actionsIn(client, uri, at(4))).find(({ title }) => /^Fix all \d+ of no-console in this file/.test(title))
    const edit = editsOf((await resolve(client, all)).edit).find(({ textDocument }) => textDocument.uri === uri)
    expect(applied(USERS, edit!)).not.toContain('console.log')
  }))

test('source.fixAll.parapet applies the safe fixes of the file and no others', () =>
  inEditor(SERVER, async ({ client, folder }) => {
    const uri = folder.uri('app.js')
    client.open(uri, APP)
    for (const only of [FIX_ALL_KIND, 'source.fixAll', 'source']) {
      const actions = await actionsIn(client, uri, EVERYWHERE, [only])
      expect(actions.map(({ kind }) => kind)).toEqual([FIX_ALL_KIND])
      const edits = editsOf((await resolve(client, actions[0])).edit)
      expect(edits.map(({ textDocument }) => textDocument.uri)).toEqual([uri])
      expect(applied(APP, edits[0]!)).toContain('x-powered-by')
    }
    expect((await actionsIn(client, uri)).some(({ kind }) => kind === FIX_ALL_KIND)).toBe(false)
  }))

test('a suppression takes the finding away, and its reason is a place to type in', () =>
  inEditor(
    SERVER,
    async ({ client, folder }) => {
      const uri = folder.uri('routes/users.js')
      client.open(uri, USERS)
      const [line, file] = await actionsIn(client, uri, at(4), [SUPPRESS_KIND])
      expect([line?.title, file?.title]).toEqual([
        'Suppress no-console on this line, with a reason',
        'Suppress no-console in this file, with a reason',
      ])
      const [edit] = editsOf((await resolve(client, line)).edit)
      expect(edit?.edits).toEqual([
        {
          range: { start: { line: 4, character: 0 }, end: { line: 4, character: 0 } },
          snippet: { kind: 'snippet', value: '  // parapet-ignore-next-line no-console -- ${1:why this is fine here}\n' },
        },
      ])
      const whole = editsOf((await resolve(client, file)).edit)[0]
      client.change(uri, applied(USERS, whole!))
      expect((await client.pull(uri)).map(({ code }) => code)).not.toContain('no-console')
    },
    { capabilities: withEdit({ snippetEditSupport: true }) },
  ))

test('a client that resolves nothing and knows no versions gets plain changes', () =>
  inEditor(
    SERVER,
    async ({ client, folder }: Editing) => {
      const actions = await actionsIn(client, folder.uri('app.js'))
      const fix = actions.find(({ title }) => /x-powered-by/i.test(title))
      expect(Object.keys(fix?.edit?.changes ?? {})).toEqual([folder.uri('app.js')])
      expect(fix?.edit?.documentChanges).toBeUndefined()
    },
    { capabilities: {} },
  ))

test('"Why is this a problem?" is a command of the client, or opens the page of the rule', async () => {
  const command = async ({ client, folder }: Editing): Promise<void> => {
    const actions = await actionsIn(client, folder.uri('app.js'))
    expect(actions.find(({ title }) => title.startsWith('Why is this a problem?'))?.command?.command).toBe(EXPLAIN_COMMAND)
  }
  await inEditor(SERVER, command)
  const shown: string[] = []
  const capabilities = { ...PULLING, window: { showDocument: { support: true } } }
  await inEditor(
    SERVER,
    async ({ client, folder }) => {
      client.connection.onRequest('window/showDocument', ({ uri }: { uri: string }) => {
        shown.push(uri)
        return { success: true }
      })
      const [why] = (await actionsIn(client, folder.uri('app.js'))).filter(({ command }) => command?.command === EXPLAIN_COMMAND)
      await client.connection.sendRequest('workspace/executeCommand', why?.command)
    },
    { capabilities },
  )
  expect(shown).toEqual([expect.stringMatching(/^file:.*README\.md$/) as string])
})

test('all safe fixes of the workspace are one edit', () =>
  inEditor(SERVER, async ({ client, folder }) => {
    await client.connection.sendRequest('workspace/executeCommand', { command: FIX_WORKSPACE_COMMAND })
    const [edit] = client.applied.flatMap(editsOf)
    expect(edit?.textDocument).toEqual({ uri: folder.uri('app.js'), version: null })
  }))

test('a command that does not exist, or lacks its rule, is refused with a sentence', () =>
  inEditor(SERVER, async ({ client }) => {
    const run = (params: object): Promise<unknown> => client.connection.sendRequest('workspace/executeCommand', params)
    await expect(run({ command: 'parapet.nothing' })).rejects.toMatchObject({
      code: -32602,
      message: 'There is no command parapet.nothing.',
    })
    await expect(run({ command: EXPLAIN_COMMAND })).rejects.toMatchObject({ code: -32602, message: 'parapet.explain wants { ruleId }.' })
  }))

function withEdit(more: NonNullable<ClientCapabilities['workspace']>['workspaceEdit']): ClientCapabilities {
  return { ...PULLING, workspace: { ...PULLING.workspace, workspaceEdit: { ...PULLING.workspace?.workspaceEdit, ...more } } }
}
