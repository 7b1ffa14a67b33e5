// The configuration that is in force for a project: the nearest file above it, read and checked.
import { dirname } from 'node:path'
import { DEFAULT_CONFIGURATION, type Configuration, type ConfigurationBase } from '../analyzer/check/configuration.js'
import type { ConfigurationProblem } from '../analyzer/check/configurationFile.js'
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

/** Finds and reads the configuration of the project at `root`. `openText` answers with what an editor holds of a file, null for none. */
export async function findConfiguration(
  root: string,
  openText: (absolute: string) => string | null = () => null,
): Promise<FoundConfiguration> {
  const path = findUpwards(root, CONFIGURATION_FILE, (one) => openText(one) !== null)
  const text = path === null ? null : (openText(path) ?? readTextFile(path))
  if (path === null || text === null) return { path: null, configuration: DEFAULT_CONFIGURATION, problems: [] }
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
export function baseOf(folder: string, root: string): ConfigurationBase {
  const down = toProject(folder, root)
  if (down === '') return { add: '', strip: '' }
  if (!down.startsWith('..')) return { add: `${down}/`, strip: '' }
  const up = toProject(root, folder)
  // A configuration from elsewhere speaks of the project's own paths.
  return up.startsWith('..') ? { add: '', strip: '' } : { add: '', strip: `${up}/` }
}
