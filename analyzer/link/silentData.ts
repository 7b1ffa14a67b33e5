// Data that is left alone while nobody loads it: translations, snapshots, samples. They are most of the text of some projects.
import type { SourceFacts } from '../extract/facts.js'

/** True for JSON of which, while no module loads it, there is nothing to ask: it is no configuration by its name, and no text in it is shaped like a secret. */
export function isSilentData(facts: SourceFacts | undefined): boolean {
  return facts?.language === 'json' && facts.mayHoldSecrets === false && !isSettingsFile(facts.file)
}

/** True for JSON that is read as configuration of a server by its place or its name. */
export function isSettingsFile(file: string): boolean {
  return /(^|\/)config\/|(config|settings|secrets|credentials)[\w.-]*\.json$/i.test(file)
}
