// Each way of wiring, run and booted: both must register the same.
import { describe, expect, test } from 'vitest'
import { analyze } from '../../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../../analyzer/check/configuration.js'
import { loadTexts } from '../project.js'
import { applicationTexts, fixtureOf } from './inlineApplication.js'
import { modelScopes } from './modelScopes.js'
import { recordedScopes } from './recordedScopes.js'
import { startApplication } from './start.js'
import { inTurns } from './turns.js'
import { wirings } from './wirings.js'

/** Waiting for a turn counts too. */
const TIMEOUT = 90_000
const turn = inTurns(2)

describe.concurrent('the boot registers what the application registers', () => {
  test.each(Object.entries(wirings))('%s', (_title, app) => turn(() => compare(app)), TIMEOUT)
})

async function compare(app: string): Promise<void> {
  const texts = applicationTexts({ app }, 5)
  const { model } = analyze(loadTexts(texts).input, [], { configuration: DEFAULT_CONFIGURATION, only: [] })
  const running = await startApplication(texts, { express: 5, fixture: fixtureOf({ app }, texts) })
  await running.stop()
  expect(modelScopes(model)).toEqual(recordedScopes(running.recorded))
}
