// Runs hostTests.cjs inside the extension host of a real VS Code: what no screen shows, with the API that extensions use.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { APPLICATION } from './application.js'
import { launch, ROOT } from './launch.js'

/** Each of these must have run; the names stand in hostTests.cjs. */
const EXPECTED = [
  'a folder without a server starts nothing',
  'a dependency on express starts the server',
  'files that nobody opened have diagnostics',
  'a diagnostic carries its rule, its page and its evidence',
  'only safe fixes are preferred',
  'all safe fixes of the workspace are one command',
  'a language server that crashes is started again, but not for ever',
  'a restart brings it back',
]

test('in the extension host', async () => {
  const { 'package.json': manifest = '', ...files } = APPLICATION
  const running = await launch({ mode: 'host', files: { ...files, 'manifest-of-later.txt': manifest } })
  try {
    const remote = (path: string): string => `vscode-remote://127.0.0.1:${running.port}${join(ROOT, path)}`
    const lines: string[] = []
    await running.page.exposeFunction('codeAutomationLog', (_type: string, words: readonly unknown[]) => void lines.push(words.join(' ')))
    const ended = new Promise<unknown>((resolve) => void running.page.exposeFunction('codeAutomationExit', resolve))
    const payload = [
      ['extensionDevelopmentPath', remote('')],
      ['extensionTestsPath', remote('e2e/hostTests.cjs')],
      ['skipWelcome', 'true'],
    ]
    const query = new URLSearchParams({ folder: running.folder, payload: JSON.stringify(payload) })
    await running.page.goto(`http://127.0.0.1:${running.port}/?${query.toString()}`)
    const code = await Promise.race([ended, sleep(80_000, 'no end')])
    const told = lines.filter((line) => /^(not )?ok /.test(line))
    expect(told).toEqual(EXPECTED.map((name) => `ok ${name}`))
    expect(code).toBe(0)
  } finally {
    await running.close()
  }
}, 120_000)
