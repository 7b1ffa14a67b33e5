// Files that fastify-cli starts: they export a plugin, and the application is made by the command line.
import type { PackageFacts } from '../model/model.js'
import { joinPath } from './filePath.js'
import type { Resolution } from './resolveModule.js'
import { simpleCommands, withoutAssignments } from './shellCommand.js'

/** The plugin files of every `fastify start …` in package scripts. */
export function fastifyCliFiles(
  packages: readonly PackageFacts[],
  resolve: (specifier: string, fromFile: string) => Resolution,
): ReadonlySet<string> {
  const files = packages.flatMap((item) =>
    Object.values(item.scripts).flatMap((script) =>
      [...simpleCommands(script)].flatMap((command) => {
        const words = withoutAssignments(command)
        const at = words.indexOf('fastify')
        const path = at < 0 ? null : startedPlugin(words.slice(at + 1))
        const found = path === null ? null : resolve(`./${path}`, joinPath(item.folder, 'package.json') ?? 'package.json')
        return found?.kind === 'file' ? [found.file] : []
      }),
    ),
  )
  return new Set(files)
}

/** The file among the words behind `fastify`; null for other commands than `start`. Its options take values that are no files. */
export function startedPlugin(words: readonly string[]): string | null {
  if (words[0] !== 'start') return null
  const plain = words.slice(1).filter((word) => !word.startsWith('-'))
  return plain.find((word) => /\.[cm]?[jt]s$/.test(word)) ?? plain.at(-1) ?? null
}
