// The configurations in force: the one above a project, and those of packages inside it.
import { dirname, join, resolve } from 'node:path'
import { DEFAULT_CONFIGURATION, type Configuration } from '../analyzer/check/configuration.js'
import { compareText } from '../analyzer/check/finding.js'
import type { Rule } from '../analyzer/check/rule.js'
import { findUpwards, toProject, type Target } from '../workspace/locateProject.js'
import { baseOf, CONFIGURATION_FILE } from '../workspace/projectConfiguration.js'
import { readTextFile } from '../workspace/readTextFile.js'
import { WrongUse } from './exitCode.js'
import { printable } from './terminal.js'

export interface FoundConfiguration {
  readonly configuration: Configuration
  /** As seen from the working folder; null for the defaults. */
  readonly configurationFile: string | null
}

/** A configuration inside the project. It counts alone for what lies in its folder: the nearest one decides. */
export interface NestedConfiguration extends FoundConfiguration {
  /** Project-relative. */
  readonly folder: string
}

/** The configuration that was given, or the nearest one from what is asked about upwards. Throws `WrongUse` for a broken one. */
export async function readConfigurationAbove(
  target: Target,
  given: string | undefined,
  rules: readonly Rule[],
  cwd: string,
): Promise<FoundConfiguration> {
  const path = given === undefined ? findUpwards(firstFolder(target), CONFIGURATION_FILE) : resolve(cwd, given)
  if (path === null) return { configuration: DEFAULT_CONFIGURATION, configurationFile: null }
  const text = readTextFile(path)
  if (text === null) throw new WrongUse(`The configuration ${printable(given ?? path)} cannot be read. Check the path after --config.`)
  return readText(path, text, target.root, rules, cwd)
}

/** Configurations below the root, the deepest first. `files` are those of the project. */
export async function readConfigurationsBelow(
  root: string,
  files: Iterable<string>,
  rules: readonly Rule[],
  cwd: string,
): Promise<readonly NestedConfiguration[]> {
  const folders = [...files]
    .filter((file) => file.endsWith(`/${CONFIGURATION_FILE}`))
    .map((file) => file.slice(0, -CONFIGURATION_FILE.length - 1))
  const depth = (folder: string): number => folder.split('/').length
  const nested: NestedConfiguration[] = []
  for (const folder of folders.sort((a, b) => depth(b) - depth(a) || compareText(a, b))) {
    const path = join(root, folder, CONFIGURATION_FILE)
    const text = readTextFile(path)
    if (text !== null) nested.push({ folder, ...(await readText(path, text, root, rules, cwd)) })
  }
  return nested
}

async function readText(path: string, text: string, root: string, rules: readonly Rule[], cwd: string): Promise<FoundConfiguration> {
  // The schema library costs more than the rest of the start-up, and most projects have no configuration.
  const { readConfiguration } = await import('../analyzer/check/configurationFile.js')
  const { suppressionRules } = await import('../analyzer/check/suppressionRules.js')
  const ids = [...rules, ...suppressionRules].map((rule) => rule.id)
  const outcome = readConfiguration(text, ids, baseOf(dirname(path), root))
  const shown = printable(toProject(cwd, path))
  if ('configuration' in outcome) return { configuration: outcome.configuration, configurationFile: shown }
  throw new WrongUse(outcome.problems.map(({ line, column, message }) => `${shown}:${line}:${column} ${message}`).join('\n'))
}

/** Where the search begins: what is asked about, when it is one folder, else the project. */
function firstFolder(target: Target): string {
  const [only, ...others] = target.selection ?? []
  return only === undefined || others.length > 0 ? target.root : dirname(resolve(target.root, only))
}
