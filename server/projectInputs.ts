// What a project is analysed with: what was read, with what the editor knows better and what was good before.
import { DEFAULT_CONFIGURATION, type Configuration } from '../analyzer/check/configuration.js'
import type { RegionOptions } from '../analyzer/regions.js'
import type { Project } from '../workspace/loadProject.js'
import type { FoundConfiguration, NestedConfiguration } from '../workspace/projectConfiguration.js'
import type { ParapetSettings } from './protocol.js'

/** While a package.json is being typed it is no JSON for a moment; its package stays what it was. */
export function withLastManifests(loaded: Project, last: Project | null): Project {
  const isThere = ({ folder }: { folder: string }): boolean => loaded.files.has(folder === '' ? 'package.json' : `${folder}/package.json`)
  const kept = (last?.packages ?? []).filter((one) => isThere(one) && !loaded.packages.some(({ folder }) => folder === one.folder))
  return kept.length === 0 ? loaded : { ...loaded, packages: [...loaded.packages, ...kept] }
}

/** The configuration, with what the client's settings decide over it. */
function withSettings(configuration: Configuration, { preset, minConfidence }: ParapetSettings): Configuration {
  return {
    ...configuration,
    preset: preset ?? configuration.preset,
    minConfidence: minConfidence ?? configuration.minConfidence,
  }
}

/** The configurations that were found, the project's own first and then the deepest. */
export interface Configurations {
  readonly main: FoundConfiguration
  readonly nested: readonly NestedConfiguration[]
}

/** A configuration that is broken for a moment does not undo what was decided before. */
export function withLastGood(found: Configurations, last: Configurations | null): Configurations {
  const before = (folder: string): Configuration | null => last?.nested.find((one) => one.folder === folder)?.configuration ?? null
  return {
    main: { ...found.main, configuration: found.main.configuration ?? last?.main.configuration ?? null },
    nested: found.nested.map((one) => ({ ...one, configuration: one.configuration ?? before(one.folder) })),
  }
}

/** What an analysis runs under. A nested configuration that never was good decides nothing. */
export function regionsOf({ main, nested }: Configurations, settings: ParapetSettings): Pick<RegionOptions, 'configuration' | 'nested'> {
  return {
    configuration: withSettings(main.configuration ?? DEFAULT_CONFIGURATION, settings),
    nested: nested.flatMap(({ folder, configuration }) =>
      configuration === null ? [] : [{ folder, configuration: withSettings(configuration, settings) }],
    ),
  }
}
