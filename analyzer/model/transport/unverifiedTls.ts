// Connections to other servers whose certificate is not verified.
import type { Value } from '../../link/value.js'
import { inSameFunction, locationKey, type Location } from '../../text/location.js'
import { placesOutsideProduction } from '../developmentPlaces.js'
import type { Confidence, NamedValue, ProjectModel } from '../model.js'
import { ofEachBinding, ofEachCall } from '../perPart.js'
import { recordedOnce } from '../recorded.js'
import { surroundingsOf } from './surroundings.js'
import { PROCESS_SWITCH, switchIn, VERIFYING } from './tlsNames.js'
import { tlsUseOf } from './tlsUses.js'
import { possibleValues, stringOf } from '../values.js'
import { isNamedInsecure, whoDecides } from './whoDecides.js'

export interface UnverifiedTls {
  readonly at: Location
  /** `option`: of one connection. `default`: the same, unless the configuration asks for verification. `process`: of all connections. `address`: a parameter of an address. */
  readonly kind: 'option' | 'default' | 'process' | 'address'
  /** `rejectUnauthorized: false` */
  readonly what: string
  readonly confidence: Confidence
  /** The value where it is written as it is, and what it has to be instead; null where more than a word has to change. */
  readonly value: { readonly at: Location; readonly instead: string } | null
}

/** Each place in production code once, in the order of the text of a file. */
export const unverifiedTls: (model: ProjectModel) => readonly UnverifiedTls[] = recordedOnce((model) => {
  const outside = placesOutsideProduction(model)
  const found = new Map<string, UnverifiedTls>()
  for (const binding of switches(model)) {
    const { at, isOff } = binding
    if (isOff || !model.productionFiles.has(at.file) || outside.has(locationKey(at))) continue
    const one = binding.name === PROCESS_SWITCH ? ofProcess(model, binding) : ofOption(model, binding)
    // `const rejectUnauthorized = false` and `{ rejectUnauthorized }` are one.
    const key = locationKey(binding.value.kind === 'literal' ? binding.value.at : at)
    if (one !== null && !found.has(key)) found.set(key, one)
  }
  for (const { at, what } of [...namedAddresses(model), ...givenAddresses(model)])
    if (model.productionFiles.has(at.file) && !outside.has(locationKey(at)) && !found.has(locationKey(at)))
      found.set(locationKey(at), { at, kind: 'address', what, confidence: sureIn(model, at), value: null })
  return [...found.values()]
})

const switches = ofEachBinding(
  (binding) => (VERIFYING.has(binding.name) || binding.name === PROCESS_SWITCH ? [binding] : []),
  ['literal', 'choice', 'operation', 'promise'],
)

/** What is not part of what is started may be a script; a configuration of tools is read by them. */
function sureIn(model: ProjectModel, { file }: Location): Confidence {
  if (/\.config\.\w+$|(^|\/)(bin|cli|extra|tools?|scripts?)\//.test(file)) return model.serverFiles.has(file) ? 'medium' : 'low'
  return model.serverFiles.size === 0 || model.serverFiles.has(file) ? 'high' : 'medium'
}

/** Only the value 0 has an effect (domain fact I4). */
function ofProcess(model: ProjectModel, { at, value, name }: NamedValue): UnverifiedTls | null {
  const nought = possibleValues(value).find((one) => one.kind === 'literal' && (one.value === 0 || one.value === '0'))
  if (nought === undefined || [at, nought.at].some((place) => whoDecides(surroundingsOf(model, place)) === 'user')) return null
  const isServer = model.serverFiles.size === 0 || model.serverFiles.has(at.file)
  return { at, kind: 'process', what: `${name}=0`, confidence: isServer ? 'high' : 'low', value: null }
}

function ofOption(model: ProjectModel, { at, value, name }: NamedValue): UnverifiedTls | null {
  const off = VERIFYING.get(name)
  const use = tlsUseOf(model, at)
  const decision = use === 'idle' ? 'user' : decisionOf(model, at, value, off)
  if (decision === 'user') return null
  const around = surroundingsOf(model, at)
  const isSure = use === 'sure' || around.names.slice(0, 2).some((one) => connecting.test(one))
  const base = sureIn(model, at)
  const confidence = isNamedInsecure(around) ? 'low' : base === 'high' && !(isSure && decision === 'nobody') ? 'medium' : base
  const isHere = value.kind === 'literal' && inSameFunction(value.at, at)
  return {
    at,
    kind: decision === 'default' ? 'default' : 'option',
    what: `${name}: ${String(off)}`,
    confidence,
    value: isHere ? { at: value.at, instead: String(off === false) } : null,
  }
}

const connecting = /^(ssl|tls|tls_?options|ssl_?options|connect|request_?options|agent_?options|dialect_?options|socket_?options)$/i

/** Whether it is off here, and because of whom. */
function decisionOf(model: ProjectModel, at: Location, value: Value, off: boolean | undefined): 'nobody' | 'default' | 'user' {
  const here = whoDecides(surroundingsOf(model, at))
  if (here === 'user') return here
  const values = possibleValues(value)
  if (value.kind === 'literal') return value.value === off ? here : 'user'
  const found = values.flatMap((one) => {
    if (one.kind === 'literal') return one.value === off ? [whoDecides(surroundingsOf(model, one.at))] : []
    return one.kind === 'operation' && off === false ? [ofComparison(one)] : []
  })
  return found.some((one) => one !== 'user') ? 'default' : 'user'
}

/** `mode === 'verify-full'`, `process.env.VERIFY === 'true'`: off unless somebody asks for it. */
function ofComparison({ operator, operands }: Extract<Value, { kind: 'operation' }>): 'default' | 'user' {
  const text = operands.map(stringOf).find((one) => one !== null) ?? ''
  if (!/^={2,3}$/.test(operator) || /^prod/i.test(text)) return 'user'
  const sides = operands.flatMap(possibleValues)
  if (sides.some((one) => one.kind === 'environment')) return 'default'
  // A variable of the environment that came by another way.
  const isVariable = sides.some((one) => one.kind === 'member' && /^[A-Z][A-Z\d_]+$/.test(one.name))
  return (isVariable && text === 'true') || /^verify|strict/i.test(text) ? 'default' : 'user'
}

interface Address {
  readonly at: Location
  readonly what: string
}

const namedAddresses = ofEachBinding(({ value, isOff }) => (isOff ? noAddress : addressesIn(value)), ['literal', 'template'])
const givenAddresses = ofEachCall(({ args, isOff }) => (isOff ? noAddress : args.flatMap(addressesIn)), { given: ['literal', 'template'] })
const noAddress: readonly Address[] = []

function addressesIn(value: Value): readonly Address[] {
  const parts = value.kind === 'template' ? value.parts : [value]
  const what = parts.map((part) => (part.kind === 'literal' && typeof part.value === 'string' ? switchIn(part.value) : null))
  const first = what.find((one) => one !== null)
  return first === undefined || first === null ? noAddress : [{ at: value.at, what: first }]
}
