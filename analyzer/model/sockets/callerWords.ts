// Whether code speaks of who connects: of origins, tokens, sessions and the like. What does so may check it, in whatever way.
import type { FunctionFacts, SourceFacts } from '../../extract/facts.js'
import type { FunctionValue, Value } from '../../link/value.js'
import { conductOf } from '../conduct.js'
import type { Answer, ProjectModel } from '../model.js'
import { recorded } from '../recorded.js'
import { valuesWithin } from '../search.js'

const words =
  /auth(?!or(?:s|Id|Name)?$)|token|session|origin|cookie|jwt|login|log_?in|sign_?in|secret|passw|credential|api_?key|verif|ticket|permission(?!s?-policy)|forbid|allow|signature|handshake|whoami|identify|4[0-9]{3}|1008/i

/** Of a function, and of all that runs when it does. `unknown` where not all of it was followed. */
export const speaksOfCaller: (model: ProjectModel, fn: FunctionValue) => Answer = recorded((model, fn) => {
  const { records, summary } = conductOf(model, fn)
  const seen = new Set<Value>()
  const asked = [...records, ...summary.throws].flatMap(({ guards }) => guards.map(({ value }) => value))
  for (const value of [...asked, ...records.flatMap(({ args }) => args)]) if (contains(value, seen)) return 'yes'
  const reached = new Map([[`${fn.source.file}#${fn.facts.id}`, { file: fn.source.file, id: fn.facts.id }]])
  for (const { at } of records) reached.set(`${at.file}#${at.fn}`, { file: at.file, id: at.fn })
  for (const { file, id } of reached.values()) {
    const facts = model.files.get(file)
    if (facts?.kind === 'source' && isSpokenIn(facts, id)) return 'yes'
  }
  return summary.isExhausted ? 'unknown' : 'no'
})

/** What is tested and handed over stands for functions that only answer. */
function contains(value: Value, seen: Set<Value>): boolean {
  return valuesWithin(value, entersData, seen).some(
    (one) =>
      (one.kind === 'member' && words.test(one.name)) || (one.kind === 'literal' && typeof one.value === 'string' && words.test(one.value)),
  )
}

function entersData(value: Value): boolean {
  return value.kind !== 'object' || (value.role === 'plain' && value.properties.size <= 30)
}

/** The same of a class, with all its methods. */
export function classSpeaksOfCaller(facts: SourceFacts, name: string): Answer {
  const found = Object.values(facts.classes).find((one) => one.name === name)
  if (found === undefined) return 'unknown'
  const ids = found.members.flatMap((member) => member.function ?? [])
  return ids.some((id) => isSpokenIn(facts, id)) || found.members.some(({ key }) => typeof key === 'string' && words.test(key))
    ? 'yes'
    : 'no'
}

/** In the function and those within it. The module itself speaks of everything and stands for nothing. */
function isSpokenIn({ functions }: SourceFacts, id: string): boolean {
  if (id === '') return false
  return Object.values(functions).some((one) => (one.id === id || one.id.startsWith(`${id}.`)) && isSpoken(one))
}

const known = new WeakMap<FunctionFacts, boolean>()

/** Names and texts of a body, whatever they stand for. */
function isSpoken(fn: FunctionFacts): boolean {
  let answer = known.get(fn)
  if (answer === undefined) known.set(fn, (answer = words.test(fn.name) || textsOf(fn).some((text) => words.test(text))))
  return answer
}

function textsOf(fn: FunctionFacts): readonly string[] {
  return [...JSON.stringify([fn.body, fn.parameters]).matchAll(/"((?:[^"\\]|\\.)*)"|\b(1008|4\d{3})\b/g)].map(
    ([whole, text]) => text ?? whole,
  )
}
