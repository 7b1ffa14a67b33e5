// The model of a fixture, through the real pipeline.
import { analyze } from '../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../analyzer/check/configuration.js'
import type { Configuration } from '../analyzer/check/configuration.js'
import { createLinker } from '../analyzer/link/relink.js'
import type { ProjectModel } from '../analyzer/model/model.js'
import { parseFixture } from './fixture.js'
import { loadTexts } from './project.js'

/** Settings of a test. Findings of every confidence are wanted unless it says otherwise. */
export type TestConfiguration = Partial<Configuration>

/** Boots a fixture. */
export function modelOf(fixture: string, configuration: TestConfiguration = {}): ProjectModel {
  const { input } = loadTexts(parseFixture(fixture).files)
  return analyze(input, [], { configuration: configurationOf(configuration), only: [] }).model
}

/** Boots a fixture, and again after each edit of it as an editor does: what did not change is kept. */
export function modelsOverEdits(): (fixture: string) => ProjectModel {
  const linker = createLinker()
  const settings = { environment: {}, middleware: {}, gateway: [], ignoredFiles: [] }
  return (fixture) => linker.link({ ...loadTexts(parseFixture(fixture).files).input, entries: [], settings })
}

export function configurationOf(configuration: TestConfiguration): Configuration {
  return { ...DEFAULT_CONFIGURATION, minConfidence: 'low', ...configuration }
}
