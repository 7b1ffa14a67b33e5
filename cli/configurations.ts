// The configurations in force, as a command line takes them: a file may be given, and a broken one ends the run.
import { dirname, resolve } from 'node:path'
import { DEFAULT_CONFIGURATION, type Configuration } from '../analyzer/check/configuration.js'
import { toProject, type Target } from '../workspace/locateProject.js'
import {
  findConfiguration,
  findNestedConfigurations,
  readConfigurationAt,
  type FoundConfiguration as Found,
} from '../workspace/projectConfiguration.js'
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
export async function readConfigurationAbove(target: Target, given: string | undefined, cwd: string): Promise<FoundConfiguration> {
  if (given === undefined) return usable(await findConfiguration(target.root, { from: firstFolder(target) }), cwd)
  const found = await readConfigurationAt(resolve(cwd, given), target.root)
  if (found === null) throw new WrongUse(`The configuration ${printable(given)} cannot be read. Check the path after --config.`)
  return usable(found, cwd)
}

/** Configurations below the root, the deepest first. `files` are those of the project. */
export async function readConfigurationsBelow(root: string, files: Iterable<string>, cwd: string): Promise<readonly NestedConfiguration[]> {
  const nested = await findNestedConfigurations(root, files)
  return nested.map(({ folder, ...found }) => ({ folder, ...usable(found, cwd) }))
}

function usable({ path, configuration, problems }: Found, cwd: string): FoundConfiguration {
  const shown = path === null ? null : printable(toProject(cwd, path))
  if (problems.length > 0)
    throw new WrongUse(problems.map(({ line, column, message }) => `${shown}:${line}:${column} ${message}`).join('\n'))
  return { configuration: configuration ?? DEFAULT_CONFIGURATION, configurationFile: shown }
}

/** Where the search begins: what is asked about, when it is one folder, else the project. */
function firstFolder(target: Target): string {
  const [only, ...others] = target.selection ?? []
  return only === undefined || others.length > 0 ? target.root : dirname(resolve(target.root, only))
}
