// The model of a fixture, through the real pipeline.
import { analyze } from '../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../analyzer/check/configuration.js'
import type { Configuration } from '../analyzer/check/configuration.js'
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

export function configurationOf(configuration: TestConfiguration): Configuration {
  return { ...DEFAULT_CONFIGURATION, minConfidence: 'low', ...configuration }
}
