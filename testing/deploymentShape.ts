// Deployment facts as lines `key = value`, for tests.
import { extractFacts } from '../analyzer/extract/extractFacts.js'
import type { DeploymentFacts } from '../analyzer/extract/facts.js'

/** The facts of a deployment file; fails the test when it does not parse. */
export function deploymentOf(file: string, text: string): DeploymentFacts {
  const facts = extractFacts(file, text)
  if (facts.kind !== 'deployment') throw new Error(facts.kind === 'unparsed' ? facts.message : facts.kind)
  return facts
}

/** Each entry as `key.key = value`. */
export function settingsOf(file: string, text: string): string[] {
  return deploymentOf(file, text).entries.map(({ key, value }) => `${key.join('.')} = ${value}`)
}

/** The text of each entry. */
export function stretchesOf(file: string, text: string): string[] {
  const { entries, spans } = deploymentOf(file, text)
  return entries.map(({ node }) => text.slice(spans[2 * node], spans[2 * node + 1]))
}
