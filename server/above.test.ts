// A configuration above the folder that is open: watched where the client can, else looked at before each analysis.
import { expect, test } from 'vitest'
import {
  FileChangeType,
  type ClientCapabilities,
  type Diagnostic,
  type DidChangeWatchedFilesRegistrationOptions,
} from 'vscode-languageserver'
import { PULLING, startClient, type LanguageClient } from '../testing/languageClient.js'
import { scratchFolder, type ScratchFolder } from '../testing/scratchFolder.js'
import { SERVER, USERS } from '../testing/serverFixture.js'
import { countsFromAbove } from '../workspace/above.js'

const OFF = '{ "rules": { "no-console": "off" } }'
const codes = (items: readonly Diagnostic[]): unknown[] => items.map(({ code }) => code)
const WATCHING: ClientCapabilities = {
  ...PULLING,
  workspace: { ...PULLING.workspace, didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true } },
}

/** A package of a repository, opened alone. */
async function inPackage(
  body: (client: LanguageClient, folder: ScratchFolder) => Promise<void>,
  capabilities: ClientCapabilities = PULLING,
): Promise<void> {
  const files = Object.fromEntries(Object.entries(SERVER).map(([file, text]) => [`apps/one/${file}`, text]))
  const folder = scratchFolder({ '.git/HEAD': '', ...files })
  const client = await startClient([`${folder.root}/apps/one`], { capabilities })
  try {
    await body(client, folder)
  } finally {
    await client.stop()
    folder.discard()
  }
}

test('the folders up to the repository are watched, and a configuration that appears there takes effect', () =>
  inPackage(async (client, folder) => {
    const users = folder.uri('apps/one/routes/users.js')
    expect(codes(await client.pull(users))).toContain('no-console')
    const above = (): string[] =>
      client.registrations
        .flatMap(({ registerOptions }) => (registerOptions as DidChangeWatchedFilesRegistrationOptions).watchers)
        .flatMap(({ globPattern }) => (typeof globPattern === 'string' ? [] : [String(globPattern.baseUri)]))
    await expect.poll(above).toEqual([folder.uri('apps'), folder.uri('')])
    for (const [text, type, isThere] of [
      [OFF, FileChangeType.Created, false],
      ['{}', FileChangeType.Changed, true],
    ] as const) {
      folder.write('parapet.config.json', text)
      const changes = [{ uri: folder.uri('parapet.config.json'), type }]
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes })
      expect(codes(await client.pull(users)).includes('no-console')).toBe(isThere)
    }
    folder.remove('parapet.config.json')
    folder.write('apps/parapet.config.json', OFF)
    const changes = [{ uri: folder.uri('apps/parapet.config.json'), type: FileChangeType.Created }]
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes })
    expect(codes(await client.pull(users))).not.toContain('no-console')
  }, WATCHING))

test('a client that watches nothing there sees it with the next edit', () =>
  inPackage(async (client, folder) => {
    const users = folder.uri('apps/one/routes/users.js')
    client.open(users, USERS)
    expect(codes(await client.pull(users))).toContain('no-console')
    folder.write('parapet.config.json', OFF)
    client.change(users, `${USERS}\n`)
    expect(codes(await client.pull(users))).not.toContain('no-console')
    expect(client.registrations).toEqual([])
  }))

test('an unsaved configuration above counts as well', () =>
  inPackage(async (client, folder) => {
    const users = folder.uri('apps/one/routes/users.js')
    client.open(folder.uri('apps/parapet.config.json'), OFF)
    expect(codes(await client.pull(users))).not.toContain('no-console')
    client.close(folder.uri('apps/parapet.config.json'))
    expect(codes(await client.pull(users))).toContain('no-console')
  }))

test('only settings count from above', () => {
  expect(countsFromAbove('/a/parapet.config.json', '/a/b/c')).toBe(true)
  expect(countsFromAbove('/a/parapet.baseline.json', '/a/b')).toBe(true)
  expect(countsFromAbove('/parapet.config.json', '/a')).toBe(true)
  expect(countsFromAbove('/a/b/parapet.config.json', '/a/b')).toBe(false)
  expect(countsFromAbove('/a/bc/parapet.config.json', '/a/b')).toBe(false)
  expect(countsFromAbove('/a/package.json', '/a/b')).toBe(false)
})
