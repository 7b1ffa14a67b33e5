// What a project is analysed with: what was read, with what the editor knows better.
import type { Configuration } from '../analyzer/check/configuration.js'
import type { Project } from '../workspace/loadProject.js'
import type { ParapetSettings } from './protocol.js'

/** While a package.json is being typed it is no JSON for a moment; its package stays what it was. */
export function withLastManifests(loaded: Project, last: Project | null): Project {
  const isThere = ({ folder }: { folder: string }): boolean => loaded.files.has(folder === '' ? 'package.json' : `${folder}/package.json`)
  const kept = (last?.packages ?? []).filter((one) => isThere(one) && !loaded.packages.some(({ folder }) => folder === one.folder))
  return kept.length === 0 ? loaded : { ...loaded, packages: [...loaded.packages, ...kept] }
}

/** The configuration, with what the client's settings decide over it. */
export function withSettings(configuration: Configuration, { preset, minConfidence }: ParapetSettings): Configuration {
  return {
    ...configuration,
    preset: preset ?? configuration.preset,
    minConfidence: minConfidence ?? configuration.minConfidence,
  }
}
