// What a middleware value does to the requests that pass it, and whether it could be understood.
import { effectOf } from '../frameworks/knownPackages.js'
import type { FunctionValue, ResultValue, Value } from '../link/value.js'
import { isAuthHook, schemeEffects } from './authSchemes.js'
import { behaviourOf } from './behaviour.js'
import { underCondition, type Effect } from './effect.js'
import { exceptedLayer } from './exceptedPaths.js'
import type { Capability, Entry, ProjectModel } from './model.js'
import { packageOf } from './origins.js'
import { packageEffect, packageEffects } from './packageEffects.js'
import { recorded } from './recorded.js'
import { environmentNamesIn } from './search.js'
import { possibleValues } from './values.js'

/**
 * Effects of a middleware value: by the registry for what packages made, by configuration, by behaviour for the project's own functions.
 * Arrays and compositions have the effects of their members, transparent wrappers those of what they wrap;
 * an effect of only some options of a choice is conditional.
 */
export const effectsOf: (model: ProjectModel, value: Value) => readonly Effect[] = recorded((model, value) =>
  effectsWithin(model, value, 0),
)

function effectsWithin(model: ProjectModel, value: Value, depth: number): readonly Effect[] {
  if (depth > 12) return []
  const inner = (one: Value): readonly Effect[] => effectsWithin(model, one, depth + 1)
  const configured = configuredEffects(model, value)
  if (configured.length > 0) return configured
  switch (value.kind) {
    case 'function':
      return behaviourOf(model, value)
    case 'array':
      return value.elements.flatMap(inner)
    case 'promise':
      return value.result === null ? [] : inner(value.result)
    case 'choice':
      return choiceEffects(value, inner)
    case 'result': {
      if (isAuthHook(value)) return schemeEffects(model, value, inner)
      const excepted = exceptedLayer(value)
      if (excepted !== null) return inner(excepted.layer)
      const wrapped = wrappedValues(value)
      return wrapped.length > 0 ? wrapped.flatMap(inner) : packageEffects(model, value)
    }
    case 'package':
    case 'member':
      return packageEffects(model, value)
    default:
      return []
  }
}

/** Functions inside the call of a transparent wrapper or a composition: `asyncHandler(fn)`, `compose([a, b])`. An unlisted package that gets a handler is taken for a wrapper. */
export function wrappedValues(value: ResultValue): readonly Value[] {
  const callee = packageOf(value.call.callee)
  if (callee === null) return []
  const effect = effectOf(callee.package, callee.path)
  if (effect === null) return value.call.args.filter((arg) => arg.kind === 'function' && arg.facts.arity > 1)
  return effect.kind === 'wrapper' || effect.kind === 'compose' ? value.call.args : []
}

function choiceEffects(value: Extract<Value, { kind: 'choice' }>, inner: (one: Value) => readonly Effect[]): readonly Effect[] {
  const options = possibleValues(value)
  const byOption = options.map(inner)
  const flags = environmentNamesIn(value.test)
  return byOption.flatMap((effects) =>
    effects.flatMap((effect) =>
      byOption.every((others) => others.some((other) => other.capability === effect.capability))
        ? [effect]
        : underCondition([effect], flags),
    ),
  )
}

/** What the user's configuration says of a function or module by name: `requireLogin`, `src/limits`, `src/limits#strict`, `my-package`. */
export function configuredEffects(model: ProjectModel, value: Value): readonly Effect[] {
  if (!isConfigured(model)) return none
  const names =
    value.kind === 'function'
      ? functionNames(value)
      : value.kind === 'result' || value.kind === 'package' || value.kind === 'member'
        ? [packageEffect(value)?.origin.package ?? '']
        : []
  const capabilities = names.flatMap((name) =>
    Object.hasOwn(model.settings.middleware, name) ? (model.settings.middleware[name] ?? []) : [],
  )
  return [...new Set(capabilities)].map((capability) => fromConfiguration(capability, value))
}

function isConfigured(model: ProjectModel): boolean {
  for (const _ in model.settings.middleware) return true
  return false
}

const none: readonly Effect[] = []

function functionNames(value: FunctionValue): readonly string[] {
  const { file } = value.source
  const bare = file.replace(/\.[cm]?[jt]sx?$/, '')
  const { name } = value.facts
  return name === '' ? [file, bare] : [name, file, bare, `${file}#${name}`, `${bare}#${name}`]
}

function fromConfiguration(capability: Capability, value: Value): Effect {
  return {
    capability,
    confidence: 'high',
    at: value.at,
    options: null,
    call: null,
    package: null,
    fn: value.kind === 'function' ? value : null,
    source: 'configuration',
    isConditional: false,
    flags: [],
    headers: [],
    detail: 'declared in the configuration',
  }
}

/** A layer that no condition decides about, of which all that is known is that it does some of these. */
export function doesNothingBut(model: ProjectModel, { kind, guards, handlers }: Entry, capabilities: ReadonlySet<Capability>): boolean {
  return (
    kind === 'layer' &&
    guards.length === 0 &&
    handlers.every((handler) => {
      const effects = effectsOf(model, handler)
      return effects.length > 0 && effects.every(({ capability }) => capabilities.has(capability))
    })
  )
}
