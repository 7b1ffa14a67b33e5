// The configuration that is in force for a project: the nearest file above it, read and checked.
import { dirname, join } from 'node:path'
import { DEFAULT_CONFIGURATION, type Configuration, type ConfigurationBase } from '../analyzer/check/configuration.js'
import type { ConfigurationProblem } from '../analyzer/check/configurationFile.js'
import { compareText } from '../analyzer/check/finding.js'
import { findUpwards, toProject } from './locateProject.js'
import { readTextFile } from './readTextFile.js'

export const CONFIGURATION_FILE = 'parapet.config.json'

export interface FoundConfiguration {
  /** Absolute; null where the defaults are in force. */
  readonly path: string | null
  /** null when the file is broken. */
  readonly configuration: Configuration | null
  readonly problems: readonly ConfigurationProblem[]
}

/** A configuration inside the project; it counts alone for what lies in its folder. */
export interface NestedConfiguration extends FoundConfiguration {
  /** Project-relative. */
  readonly folder: string
}

/** What an editor holds of a file, by absolute path; null for one that is not open. */
type OpenText = (absolute: string) => string | null

export interface ConfigurationSearch {
  /** Where the search begins; the project itself unless something in it is asked about. */
  readonly from?: string
  readonly openText?: OpenText
}

const NOTHING_OPEN: OpenText = () => null

/** Finds and reads the configuration of the project at `root`: the nearest one upwards. */
export async function findConfiguration(
  root: string,
  { from = root, openText = NOTHING_OPEN }: ConfigurationSearch = {},
): Promise<FoundConfiguration> {
  const path = findUpwards(from, CONFIGURATION_FILE, (one) => openText(one) !== null)
  if (path === null) return { path, configuration: DEFAULT_CONFIGURATION, problems: [] }
  const unreadable = { message: 'This file cannot be read. Check its permissions.', line: 1, column: 1 }
  return (await readConfigurationAt(path, root, openText)) ?? { path, configuration: null, problems: [unreadable] }
}

/** Configurations below the root, the deepest first. `files` are those of the project. */
export async function findNestedConfigurations(
  root: string,
  files: Iterable<string>,
  openText: OpenText = NOTHING_OPEN,
): Promise<readonly NestedConfiguration[]> {
  const folders = [...files]
    .filter((file) => file.endsWith(`/${CONFIGURATION_FILE}`))
    .map((file) => file.slice(0, -CONFIGURATION_FILE.length - 1))
  const depth = (folder: string): number => folder.split('/').length
  const nested: NestedConfiguration[] = []
  for (const folder of folders.sort((a, b) => depth(b) - depth(a) || compareText(a, b))) {
    const found = await readConfigurationAt(join(root, folder, CONFIGURATION_FILE), root, openText)
    if (found !== null) nested.push({ folder, ...found })
  }
  return nested
}

/** Reads and checks one configuration of the project at `root`; null for a file that cannot be read. */
export async function readConfigurationAt(
  path: string,
  root: string,
  openText: OpenText = NOTHING_OPEN,
): Promise<FoundConfiguration | null> {
  const text = openText(path) ?? readTextFile(path)
  if (text === null) return null
  // The schema library costs more than the rest of the start-up, and most projects have no configuration.
  const { readConfiguration } = await import('../analyzer/check/configurationFile.js')
  const { suppressionRules } = await import('../analyzer/check/suppressionRules.js')
  const { rules } = await import('../rules/index.js')
  const ids = [...rules, ...suppressionRules].map((rule) => rule.id)
  const outcome = readConfiguration(text, ids, baseOf(dirname(path), root))
  if ('configuration' in outcome) return { path, configuration: outcome.configuration, problems: [] }
  return { path, configuration: null, problems: outcome.problems }
}

/** Where a configuration in `folder` stands, seen from the project. */
function baseOf(folder: string, root: string): ConfigurationBase {
  const down = toProject(folder, root)
  if (down === '') return { add: '', strip: '' }
  if (!down.startsWith('..')) return { add: `${down}/`, strip: '' }
  const up = toProject(root, folder)
  // A configuration from elsewhere speaks of the project's own paths.
  return up.startsWith('..') ? { add: '', strip: '' } : { add: '', strip: `${up}/` }
}
