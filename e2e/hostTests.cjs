// The tests that run inside the extension host, in this order. host.test.ts starts them and reads the lines that they print.
const assert = require('node:assert/strict')
const { readdirSync, readFileSync } = require('node:fs')
const vscode = require('vscode')

const tests = {
  async 'a folder without a server starts nothing'() {
    await vscode.extensions.getExtension('parapet.parapet').activate()
    const commands = await vscode.commands.getCommands(true)
    for (const name of ['restart', 'showOutput', 'explainRule', 'showRoutes', 'applySafeFixes']) {
      assert.ok(commands.includes(`parapet.${name}`), name)
    }
    assert.deepEqual(servers(), [])
  },

  async 'a dependency on express starts the server'() {
    await vscode.workspace.fs.rename(at('manifest-of-later.txt'), at('package.json'))
    await until('a server', () => servers().length === 1)
  },

  async 'files that nobody opened have diagnostics'() {
    await until('diagnostics', () => found('src/app.js').length > 0 && found('src/routes/users.js').length === 2)
    assert.deepEqual(vscode.window.visibleTextEditors, [])
    assert.deepEqual(codes('src/routes/users.js'), ['no-stack-in-response', 'require-auth-rate-limit'])
    assert.deepEqual(codes('src/accounts.js'), ['no-console'])
  },

  async 'a diagnostic carries its rule, its page and its evidence'() {
    const login = found('src/routes/users.js').find((diagnostic) => diagnostic.code.value === 'require-auth-rate-limit')
    assert.equal(login.source, 'parapet')
    assert.equal(login.severity, vscode.DiagnosticSeverity.Error)
    assert.ok(login.code.target.toString().length > 0)
    assert.ok(login.relatedInformation.some(({ location }) => location.uri.path.endsWith('/src/app.js')))
  },

  async 'only safe fixes are preferred'() {
    const document = await vscode.workspace.openTextDocument(at('src/app.js'))
    await vscode.window.showTextDocument(document)
    const { range } = found('src/app.js')[0]
    const actions = await until('actions', () => actionsAt(document.uri, range))
    const preferred = actions.filter(({ isPreferred }) => isPreferred).map(({ title }) => title)
    assert.deepEqual(preferred, ['Disable X-Powered-By'])
    assert.ok(actions.some(({ title }) => title.startsWith('Add helmet')))
  },

  async 'all safe fixes of the workspace are one command'() {
    await vscode.commands.executeCommand('parapet.applySafeFixes')
    await until('the fix', async () => (await textOf('src/app.js')).includes("app.disable('x-powered-by')"))
    assert.ok(!(await textOf('src/app.js')).includes('helmet'))
    await until('its findings to go', () => !codes('src/app.js').includes('no-powered-by'))
  },

  async 'a language server that crashes is started again, but not for ever'() {
    for (let crash = 1; crash <= 3; crash++) {
      const running = await until(`server ${crash}`, onlyServer)
      process.kill(running, 'SIGKILL')
      await until('its end', () => !servers().includes(running))
    }
    process.kill(await until('the last server', onlyServer), 'SIGKILL')
    await until('its end', () => servers().length === 0)
    // Longer than the longest wait before a start.
    await new Promise((resolve) => setTimeout(resolve, 5000))
    assert.deepEqual(servers(), [])
  },

  async 'a restart brings it back'() {
    await vscode.commands.executeCommand('parapet.restart')
    await until('a server', () => servers().length === 1)
    await until('diagnostics', () => found('src/routes/users.js').length === 2)
  },
}

exports.run = async () => {
  for (const [name, run] of Object.entries(tests)) {
    try {
      await run()
      console.log(`ok ${name}`)
    } catch (error) {
      console.log(`not ok ${name}: ${error.message}`)
      throw error
    }
  }
}

function at(path) {
  return vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, path)
}

function found(path) {
  return vscode.languages.getDiagnostics(at(path)).filter(({ source }) => source === 'parapet')
}

function codes(path) {
  return found(path)
    .map(({ code }) => code.value)
    .sort()
}

async function textOf(path) {
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === at(path).toString())
  return open?.getText() ?? Buffer.from(await vscode.workspace.fs.readFile(at(path))).toString()
}

/** The window answers, and it learns of diagnostics after the extension host: until then there are none, or the request is cancelled. */
async function actionsAt(uri, range) {
  try {
    const actions = await vscode.commands.executeCommand(
      'vscode.executeCodeActionProvider',
      uri,
      range,
      vscode.CodeActionKind.QuickFix.value,
    )
    return actions.length > 0 && actions
  } catch (error) {
    if (!/Canceled/.test(String(error))) throw error
    return false
  }
}

/** Language servers that this extension host has started, by process id. */
function servers() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => isServer(name))
    .map(Number)
}

function onlyServer() {
  const found = servers()
  return found.length === 1 && found[0]
}

function isServer(id) {
  try {
    const command = readFileSync(`/proc/${id}/cmdline`, 'utf8')
    const [, parent] = /\) \S (\d+)/.exec(readFileSync(`/proc/${id}/stat`, 'utf8')) ?? []
    return command.includes('dist/extension/server.js') && Number(parent) === process.pid
  } catch {
    // It ended meanwhile.
    return false
  }
}

async function until(what, condition) {
  for (const end = Date.now() + 15_000; ;) {
    const value = await condition()
    if (value) return value
    if (Date.now() > end) throw new Error(`Waited in vain for ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
