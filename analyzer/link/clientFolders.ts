// Folders of browser code inside packages that also hold a server.
import type { FileFacts, SourceFacts } from '../extract/facts.js'
import { folderOf, foldersUpFrom } from './filePath.js'
import { topLevelModules } from './requiredModules.js'

const SERVER_PACKAGES =
  /^(express|fastify|@nestjs\/[\w-]+|koa|@hapi\/hapi|hapi|restify|hono|polka|@adonisjs\/core|sails|@feathersjs\/[\w-]+|apollo-server[\w-]*|@apollo\/server|connect|socket\.io|ws|next|mongoose|sequelize|typeorm|knex|pg|mysql2?|@prisma\/client|redis|ioredis|typedi|jsonwebtoken|dotenv)$/
const CLIENT_PACKAGES =
  /^(react|react-dom(\/client)?|react-native|react-router-dom|vue|vue-router|vue-i18n|pinia|vuex|svelte|preact|solid-js|jquery|@angular\/(core|common|platform-browser)|@mui\/material|bootstrap)$/

/** Modules of Node that no bundler replaces in a browser. `crypto`, `path` and the like also stand in code that both sides share. */
const SERVER_BUILTINS = /^(node:)?(fs|http|https|http2|net|tls|dns|dgram|child_process|cluster|os|worker_threads|async_hooks)(\/.*)?$/

/** True for a package, or a module of Node, that only servers use. */
export function isServerPackage(name: string): boolean {
  return SERVER_PACKAGES.test(name) || SERVER_BUILTINS.test(name)
}

/** True for a library of views and what belongs to one. */
export function isClientPackage(name: string): boolean {
  return CLIENT_PACKAGES.test(name)
}

/** Packages that the file loads; those of an ES module stand in its import statements, so that its code need not be walked. */
export function loadedPackages(facts: SourceFacts): readonly string[] {
  if (facts.loads !== undefined) return facts.loads
  return facts.hasModuleSyntax ? facts.imports.filter((item) => !item.isType).map((item) => item.specifier) : topLevelModules(facts)
}

/** The packages that each file of code loads. */
export function* packagesByFile(files: ReadonlyMap<string, FileFacts>): Generator<readonly [string, readonly string[]]> {
  for (const [file, facts] of files) if (facts.kind === 'source' && facts.language !== 'json') yield [file, loadedPackages(facts)]
}

/**
 * Folders (below the root) where something loads a library of views and nothing a server's package. `loads` are the packages that files load,
 * `started` the files that Node starts.
 */
export function clientFolders(loads: Iterable<readonly [string, readonly string[]]>, started: ReadonlySet<string>): ReadonlySet<string> {
  const client = new Set<string>()
  const server = new Set<string>()
  for (const [file, names] of loads) {
    const isServer = started.has(file) || names.some(isServerPackage)
    if (!isServer && !names.some(isClientPackage)) continue
    const marked = isServer ? server : client
    for (const folder of foldersUpFrom(folderOf(file))) marked.add(folder)
  }
  return new Set([...client].filter((folder) => folder !== '' && !server.has(folder)))
}
