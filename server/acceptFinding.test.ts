// Accepting a finding with the reason that the client asked for.
import { expect, test } from 'vitest'
import type { CodeAction, TextDocumentEdit, TextEdit } from 'vscode-languageserver'
import { inEditor, type Editing } from '../testing/languageClient.js'
import { SERVER } from '../testing/serverFixture.js'
import { ACCEPT_COMMAND, ACCEPT_REQUEST, type AcceptArguments, type AcceptResult, type InitializationOptions } from './protocol.js'

const BASELINE = 'parapet.baseline.json'
const NOTE = 'until the "gateway" limits\nrequests'

/** A client that asks for reasons, over a project with a baseline that accepts nothing yet. */
function asking(body: (editing: Editing, action: CodeAction, finding: AcceptArguments) => Promise<void>): Promise<void> {
  const initializationOptions: InitializationOptions = { hasAcceptCommand: true }
  return inEditor(
    { ...SERVER, [BASELINE]: '{ "version": 1, "findings": [] }\n' },
    async (editing) => {
      const { client, folder } = editing
      const uri = folder.uri('routes/users.js')
      const [found] = await client.pull(uri)
      const params = { textDocument: { uri }, range: found!.range, context: { diagnostics: [] } }
      const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', params)
      const action = actions.find(({ title }) => title === `Accept for now in ${BASELINE}, with a reason`)
      await body(editing, action!, action?.command?.arguments?.[0] as AcceptArguments)
    },
    { params: { initializationOptions } },
  )
}

test('a client that asks for the reason is given a command, and the entry has what it sends as its note', () =>
  asking(async ({ client, folder }, action, finding) => {
    expect(action).toMatchObject({ command: { command: ACCEPT_COMMAND } })
    expect(action.edit).toBeUndefined()
    const answer = await client.connection.sendRequest<AcceptResult>(ACCEPT_REQUEST, { ...finding, note: NOTE })
    expect(answer).toBeNull()
    const change = client.applied[0]?.documentChanges?.[0] as TextDocumentEdit
    expect(change.textDocument.uri).toBe(folder.uri(BASELINE))
    const written = (change.edits as TextEdit[]).map(({ newText }) => newText).join('')
    expect(written).toContain(`"note": ${JSON.stringify(NOTE)}`)
    expect(written).toContain('"file": "routes/users.js"')
  }))

test('a finding that is gone by then is not accepted, and the client is told why', () =>
  asking(async ({ client }, _, finding) => {
    const gone = { ...finding, fingerprint: 'of another time', note: NOTE }
    expect(await client.connection.sendRequest<AcceptResult>(ACCEPT_REQUEST, gone)).toBe('The finding is another one by now.')
    const elsewhere = { ...finding, uri: 'file:///elsewhere/app.js', note: NOTE }
    expect(await client.connection.sendRequest<AcceptResult>(ACCEPT_REQUEST, elsewhere)).toContain('in no folder')
    expect(client.applied).toEqual([])
  }))

test('a baseline that is broken by then is not written', () =>
  asking(async ({ client, folder }, _, finding) => {
    client.open(folder.uri(BASELINE), '{ "version": 1, "findings": [')
    expect(await client.connection.sendRequest<AcceptResult>(ACCEPT_REQUEST, { ...finding, note: NOTE })).toBe(
      'The baseline cannot be read.',
    )
    expect(client.applied).toEqual([])
  }))
