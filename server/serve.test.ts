// The server over a real connection: findings, fixes and what else a client sees.
import { expect, test } from 'vitest'
import type { CodeAction, Diagnostic } from 'vscode-languageserver'
import { startClient } from '../testing/languageClient.js'
import { scratchFolder } from '../testing/scratchFolder.js'

const APP = `import express from 'express'
import { users } from './routes/users.js'
const app = express()
app.use('/users', users)
app.listen(3000)
`
const USERS = `import { Router } from 'express'
export const users = Router()
users.get('/', (req, res) => { console.log('users'); res.json([]) })
`
const FILES = {
  'package.json': '{ "name": "one", "type": "module", "scripts": { "start": "node app.js" }, "dependencies": { "express": "^5.0.0" } }\n',
  'app.js': APP,
  'routes/users.js': USERS,
}
const ids = (items: readonly Diagnostic[]): unknown[] => items.map(({ code }) => code).sort()

test('findings of a file are there when the client asks, and follow unsaved text of another file', async () => {
  const folder = scratchFolder(FILES)
  const client = await startClient([folder.root])
  client.open(folder.uri('app.js'), APP)
  const before = await client.pull(folder.uri('app.js'))
  expect(ids(before)).toContain('no-powered-by')
  client.change(folder.uri('app.js'), APP.replace('const app = express()', "const app = express()\napp.disable('x-powered-by')"))
  expect(ids(await client.pull(folder.uri('app.js')))).not.toContain('no-powered-by')
  await client.stop()
  await folder[Symbol.asyncDispose]()
})

test('a quick fix is offered without its edit, and the edit carries the version', async () => {
  const folder = scratchFolder(FILES)
  const client = await startClient([folder.root])
  client.open(folder.uri('app.js'), APP)
  const diagnostics = await client.pull(folder.uri('app.js'))
  const finding = diagnostics.find(({ code }) => code === 'no-powered-by')!
  const actions: CodeAction[] = await client.connection.sendRequest('textDocument/codeAction', {
    textDocument: { uri: folder.uri('app.js') },
    range: finding.range,
    context: { diagnostics: [finding] },
  })
  const action = actions.find(({ title }) => /powered/i.test(title))!
  expect(action.edit).toBeUndefined()
  expect(action.diagnostics?.[0]?.data).toEqual(finding.data)
  const resolved: CodeAction = await client.connection.sendRequest('codeAction/resolve', action)
  expect(resolved.edit?.documentChanges?.[0]).toMatchObject({ textDocument: { uri: folder.uri('app.js'), version: 1 } })
  await client.stop()
  await folder[Symbol.asyncDispose]()
})
