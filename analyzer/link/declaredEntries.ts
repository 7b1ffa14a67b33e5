// The files that a project declares to start: package scripts, bin, main, process managers, containers, platforms.
import type { DeploymentFacts, FileFacts } from '../extract/facts.js'
import type { PackageFacts } from '../model/model.js'
import { deploymentCommands } from './deploymentCommands.js'
import { baseNameOf, folderOf, joinPath } from './filePath.js'
import type { Resolution } from './resolveModule.js'
import { scriptPurpose } from './scriptNames.js'
import { fileAt, filesOf, filesOfCommand, processManagerApps, startedFile } from './startedFiles.js'
import type { Lookup } from './startedFiles.js'
import { startedPrograms } from './startedPrograms.js'

export interface DeclaredEntry {
  readonly file: string
  /** For a reader: `script "start" of package.json`. */
  readonly why: string
  /** True when that is how it runs in production; what only developers start counts where nothing else is declared. */
  readonly isProduction: boolean
}

/**
 * What the project declares to start, production first, each file once.
 * `resolve` is the project's resolver: it maps build output back to sources.
 */
export function declaredEntries(
  files: ReadonlyMap<string, FileFacts>,
  packages: readonly PackageFacts[],
  deployment: readonly DeploymentFacts[],
  resolve: (specifier: string, fromFile: string) => Resolution,
): readonly DeclaredEntry[] {
  const found = new Map<string, DeclaredEntry>()
  const lookup: Lookup = { files, packages, resolve }

  function add(entry: DeclaredEntry): void {
    const known = found.get(entry.file)
    if (known === undefined || (entry.isProduction && !known.isProduction)) found.set(entry.file, entry)
  }

  for (const facts of deployment) {
    for (const command of deploymentCommands(facts)) {
      for (const file of filesOfCommand(command, lookup)) {
        add({ file, why: command.why, isProduction: command.isProduction })
      }
    }
  }
  for (const item of packages) {
    const packageFile = joinPath(item.folder, 'package.json') ?? 'package.json'
    const before = found.size
    for (const [name, command] of Object.entries(item.scripts)) {
      const purpose = scriptPurpose(name)
      if (purpose === 'other') continue
      for (const started of startedPrograms(command, item.folder, name)) {
        for (const file of filesOf(started, lookup, [`${item.folder}:${name}`]))
          add({ file, why: `script "${name}" of ${packageFile}`, isProduction: purpose === 'production' })
      }
    }
    for (const file of processFiles(item.folder, lookup))
      for (const app of processManagerApps(file, lookup)) add({ file: app, why: `app of ${file}`, isProduction: true })
    for (const path of item.bin)
      for (const file of startedFile(path, item.folder, [], lookup)) add({ file, why: `bin of ${packageFile}`, isProduction: false })
    const main = found.size === before && item.main !== null ? fileAt(item.main, item.folder, lookup) : null
    if (main !== null) add({ file: main, why: `main of ${packageFile}`, isProduction: false })
  }
  // A server comes before the function that a platform makes of the same application: what holds for processes is asked of it.
  for (const facts of deployment)
    for (const file of functionHandlers(facts, lookup)) add({ file, why: `function in ${facts.file}`, isProduction: true })
  return [...found.values()].sort((a, b) => Number(b.isProduction) - Number(a.isProduction))
}

function processFiles(folder: string, { files }: Lookup): readonly string[] {
  const names = /^(ecosystem\.config\.([mc]?js|json|ts)|ecosystem\.json|pm2\.json|pm2\.config\.[mc]?js|processes\.json|process\.json)$/
  return [...files.keys()].filter((file) => folderOf(file) === folder && names.test(baseNameOf(file)))
}

/** `functions.<name>.handler: src/api.handler` of serverless.yml and template.yaml (with its CodeUri). */
function functionHandlers(facts: DeploymentFacts, lookup: Lookup): readonly string[] {
  if (facts.format !== 'yaml' || !/(^|\/)(serverless|template)[\w.-]*\.ya?ml$/.test(facts.file)) return []
  return facts.entries.flatMap(({ key, value }) => {
    const name = key.at(-1)
    if (name !== 'handler' && name !== 'Handler') return []
    const source =
      facts.entries.find((entry) => entry.key.at(-1) === 'CodeUri' && entry.key.slice(0, -1).join() === key.slice(0, -1).join())?.value ??
      '.'
    const file = fileAt(`${source}/${value.replace(/\.[\w$]+$/, '')}`, folderOf(facts.file), lookup)
    return file === null ? [] : [file]
  })
}
