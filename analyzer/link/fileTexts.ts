// Reading files while booting: JSON files have facts, so what is parsed from their text is known.
import { NATIVE, type CallSite, type Machine, ROOT } from './machine.js'
import type { Value } from './value.js'
import { packageValue, promiseOf } from './values.js'

/** Texts of JSON files, by the value that stands for them; what `JSON.parse` makes of one is the file's own value. */
const jsonTexts = new WeakMap<Value, string>()

/** The value of a JSON file whose text this is. */
export function parsedText(machine: Machine, site: CallSite, text: Value): Value | null {
  const file = jsonTexts.get(text)
  return file === undefined ? null : machine.run.requireModule(machine, site, `${ROOT}/${file}`)
}

/** Only JSON files have facts that say what is in them. */
export function fileContent(machine: Machine, site: CallSite, path: string, name: string): Value | null {
  if (!path.endsWith('.json') || !machine.world.sources.has(path)) return null
  const text = packageValue(site.at, NATIVE, [`text of ${path}`])
  jsonTexts.set(text, path)
  const content = /json/i.test(name) ? (parsedText(machine, site, text) ?? text) : text
  return name.endsWith('Sync') ? content : promiseOf(site.at, content)
}
