// What a schema over the environment says of one variable.
import type { LiteralValue, Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { methodName } from '../origins.js'
import { isEmpty, isFalse, possibleValues, property, stringOf } from '../values.js'

export interface SchemaKey {
  readonly name: string
  readonly at: Location
  /** True where a start without the variable fails. */
  readonly isRequired: boolean
  /** The text that stands in for a missing variable. */
  readonly fallback: LiteralValue | null
  /** True where anything does: a text, a number, what a function gives. */
  readonly isFilledIn: boolean
  /** The chain of calls that makes the rule. */
  readonly rule: Value
  /** True where the schema makes something else of the text: a list, an object. */
  readonly isConverted: boolean
}

/** A rule is a chain: `z.string().min(32).default('x')`, `Joi.string().required()`, `str({ default: 'x' })`. Joi's keys are optional unless they say otherwise. */
export function readKey(name: string, rule: Value, at: Location, keysAre: 'optional' | 'required'): SchemaKey {
  let isRequired = keysAre === 'required'
  let isConverted = false
  let fallback: LiteralValue | null = null
  let isFilledIn = false
  for (let value: Value = rule; value.kind === 'result' || value.kind === 'member'; value = ruleBefore(value)) {
    if (value.kind !== 'result') continue
    const { callee, args } = value.call
    const method = methodName(callee) ?? ''
    if (conversions.test(method) || isOwnValidator(callee)) isConverted = true
    const options = args.at(-1) ?? null
    const given =
      method === 'default' || method === 'catch' || method === 'prefault'
        ? (args[0] ?? null)
        : callee.kind === 'package' && defaulting.test(method)
          ? (args[1] ?? null)
          : property(options?.kind === 'object' ? options : null, 'default')
    if (given !== null) {
      fallback = textOf(given)
      isFilledIn = !isEmpty(given)
      isRequired = false
    }
    if (method === 'required') isRequired = true
    if (/^(optional|nullish|allow|partial|notRequired)$/.test(method) && (method !== 'allow' || stringOf(args[0] ?? null) === ''))
      isRequired = false
    if (isFalse(property(options?.kind === 'object' ? options : null, 'required')) === 'yes') isRequired = false
  }
  return { name, at, isRequired, fallback, isFilledIn, rule, isConverted }
}

/** The rest of a chain, from its end to its start; behind the start what the rule there is made of: `z.preprocess(trim, z.string())`, `v.optional(v.string(), 'x')`. */
function ruleBefore(value: Value & { kind: 'result' | 'member' }): Value {
  if (value.kind === 'member') return value.object
  const { callee, args } = value.call
  if (callee.kind !== 'package') return callee
  const method = methodName(callee) ?? ''
  return (method === 'preprocess' ? args[1] : defaulting.test(method) || wrapping.test(method) ? args[0] : null) ?? callee
}

/** Functions of libraries that take a rule and, behind it, what stands in for a missing value (run with valibot 1, superstruct 2, zod 3 and 4). */
const defaulting = /^(?:optional|nullish|exactOptional|fallback|defaulted)$/

/** Those that take a rule and fill nothing in where the variable is missing. */
const wrapping = /^(?:pipe|nullable|undefinedable)$/

const conversions = /^(?:transform|pipe|preprocess|array|tuple|set|json|codec|custom)$/

/** A validator of envalid that the project wrote: what it returns is what is read. */
function isOwnValidator(callee: Value): boolean {
  return callee.kind === 'result' && /^make\w*Validator$/.test(methodName(callee.call.callee) ?? '')
}

function textOf(value: Value): LiteralValue | null {
  const found = possibleValues(value).find((one) => one.kind === 'literal' && typeof one.value === 'string' && one.value !== '')
  return found?.kind === 'literal' ? found : null
}
