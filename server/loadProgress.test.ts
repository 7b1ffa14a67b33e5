// What a client is shown of the first look at a project.
import { expect, test } from 'vitest'
import type { Connection } from 'vscode-languageserver'
import type { FolderProject } from './folderProject.js'
import { createLoadProgress } from './loadProgress.js'

const project = { root: '/srv/api' } as FolderProject

function fakeConnection(create: () => Promise<unknown>): { readonly connection: Connection; readonly shown: string[] } {
  const shown: string[] = []
  const reporter = {
    begin: (title: string, _: undefined, text: string) => shown.push(`begin ${title}: ${text}`),
    report: (text: string) => shown.push(text),
    done: () => shown.push('done'),
  }
  const createWorkDoneProgress = (): Promise<unknown> => create().then(() => reporter)
  return { connection: { window: { createWorkDoneProgress } } as unknown as Connection, shown }
}

test('a large project is announced before it is analysed, and the end is told', async () => {
  const { connection, shown } = fakeConnection(() => Promise.resolve())
  const progress = createLoadProgress(connection, () => true)
  await progress.announce(project, 3000)
  expect(shown).toEqual(['begin Parapet checks api: 3000 files read, following the start of the server'])
  progress.end(project)
  await new Promise((resolve) => setImmediate(resolve))
  expect(shown.at(-1)).toBe('done')
})

test('a small one is not, nor is one where the client shows nothing', async () => {
  const { connection, shown } = fakeConnection(() => Promise.resolve())
  await createLoadProgress(connection, () => true).announce(project, 20)
  await createLoadProgress(connection, () => false).announce(project, 3000)
  expect(shown).toEqual([])
})

test('a client that does not answer holds nothing up', async () => {
  const { connection, shown } = fakeConnection(() => new Promise(() => undefined))
  await createLoadProgress(connection, () => true).announce(project, 3000)
  expect(shown).toEqual([])
})
