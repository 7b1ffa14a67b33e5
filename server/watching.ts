// What happens outside of open documents: edits by other programs, branch switches, settings, folders.
import {
  DidChangeWatchedFilesNotification,
  FileChangeType,
  WatchKind,
  type Connection,
  type Disposable,
  type FileEvent,
  type InitializeParams,
} from 'vscode-languageserver'
import { dirname, sep } from 'node:path'
import { toProject } from '../workspace/locateProject.js'
import { watchesAbove } from '../workspace/above.js'
import type { ClientAbilities } from './clientAbilities.js'
import type { Documents } from './documents.js'
import type { Folders } from './folders.js'
import { pathOfUri, uriOfPath } from './uris.js'

/** The folders that the client has open when it starts. */
export function rootsOf({ workspaceFolders, rootUri, rootPath }: InitializeParams): readonly string[] {
  if (workspaceFolders != null) return workspaceFolders.flatMap(({ uri }) => pathOfUri(uri) ?? [])
  const root = rootUri == null ? (rootPath ?? null) : pathOfUri(rootUri)
  return root === null ? [] : [root]
}

/** Everything that a project reads (see workspace/fileKinds.ts) and that decides about it. */
const WATCHED_GLOBS: readonly string[] = [
  '**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx,json,yml,yaml,toml,env,conf,conf.template,lock,dockerfile,sh,bash}',
  '**/{Dockerfile,Containerfile,Procfile}*',
  '**/.env*',
  '**/.gitignore',
  '**/.babelrc',
  '**/bin/*',
]

/** Asks the client to watch what projects read. Deletions are watched everywhere: that of a folder is told for the folder alone. */
export async function registerWatchers(connection: Connection, { watchesFiles }: ClientAbilities): Promise<void> {
  if (!watchesFiles) return
  await connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: [...WATCHED_GLOBS.map((globPattern) => ({ globPattern })), { globPattern: '**/*', kind: WatchKind.Delete }],
  })
}

/** Asks the client to watch what counts from above these folders; the answer ends that. A client that cannot has it looked at before each analysis. */
export async function registerWatchersAbove(
  connection: Connection,
  { watchesOutside }: ClientAbilities,
  roots: readonly string[],
): Promise<Disposable | null> {
  const above = new Map(roots.flatMap(watchesAbove).map((watch) => [watch.folder, watch]))
  if (!watchesOutside || above.size === 0) return null
  return connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: [...above.values()].map(({ folder, pattern }) => ({ globPattern: { baseUri: uriOfPath(folder), pattern } })),
  })
}

/** Hands changes on the disk to the projects that they concern. The text of an open document counts, whatever the disk holds. */
export function handleFileEvents(events: readonly FileEvent[], documents: Documents, folders: Folders): void {
  for (const { uri, type } of events) {
    const path = pathOfUri(uri)
    if (path === null || (documents.countedTextOf(path) !== null && type === FileChangeType.Changed)) continue
    for (const project of folders.all()) if (project.readsFromOutside(path)) project.reload()
    const project = folders.of(path)
    if (project === undefined) continue
    if (type === FileChangeType.Deleted) {
      const inside = toProject(project.root, path) + '/'
      for (const file of project.state()?.analysis.model.files.keys() ?? []) {
        if (file.startsWith(inside)) project.changed(project.root + sep + file.split('/').join(sep))
      }
    }
    // Whether a file of secrets exists counts, also where git ignores it and its text is not read.
    if (type !== FileChangeType.Changed && /[\\/]\.env[^\\/]*$/.test(path) && dirname(path).startsWith(project.root)) project.reload()
    else if (project.concerns(path)) project.changed(path)
  }
}
