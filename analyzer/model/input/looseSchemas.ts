// Schemas that check a body and leave in it what they do not name.
import type { CallRecord, Value } from '../../link/value.js'
import type { Effect } from '../effect.js'
import { originOf } from '../origins.js'
import { isRequest } from '../requests.js'
import { hasProperty, isFalse, isTrue, property } from '../values.js'

/** What a schema makes of properties that it does not name: it keeps them, takes them out of what it gives, or refuses the body. */
type Treatment = 'keeps' | 'strips' | 'refuses'

/** True where properties that nobody named are certainly still in `req.body` behind the check: whether what the schema gave became the body makes a difference. */
export function leavesUnnamed({ call, detail }: Effect, body: 'as it came' | 'replaced'): boolean {
  if (call === null || detail !== 'validates against a schema') return false
  const treatment = treatmentOf(call)
  return treatment === 'keeps' || (treatment === 'strips' && body === 'as it came')
}

/** True for a schema of zod that keeps what it does not name, in `z.looseObject({ … })` and `z.object({ … }).passthrough()`. */
export function keepsByZod(schema: Value | null): boolean {
  const origin = schema === null ? null : originOf(schema)
  return origin !== null && ofZod(origin.package) && zodTreatment([...origin.path].reverse()) === 'keeps'
}

function ofZod(name: string): boolean {
  return /^(zod|zod\/v\d)$/.test(name)
}

function treatmentOf(call: CallRecord): Treatment | null {
  const { callee, args } = call
  if (originOf(callee)?.package === 'class-validator') return decoratorTreatment(args[1] ?? null)
  const schema = callee.kind === 'member' ? schemaOfBody(callee.object, args[0]) : null
  const origin = schema === null ? null : originOf(schema)
  if (origin === null) return null
  const names = [...origin.path].reverse()
  const options = args[1] ?? null
  if (ofZod(origin.package)) return zodTreatment(names)
  if (/^(@hapi\/)?joi$/.test(origin.package)) return joiTreatment(names, options, origin.calls)
  return origin.package === 'yup' ? yupTreatment(names, options) : null
}

/** The part for the body, of a schema for the whole request: `z.object({ body }).parse(req)`, `.parse({ body: req.body })`. */
function schemaOfBody(schema: Value, given: Value | undefined): Value | null {
  const isWhole = given !== undefined && (isRequest(given) || (given.kind === 'object' && given.properties.has('body')))
  if (!isWhole) return schema
  return schema.kind === 'result' ? property(schema.call.args[0] ?? null, 'body') : null
}

const zodWords: ReadonlyMap<string, Treatment> = new Map([
  ['passthrough', 'keeps'],
  ['loose', 'keeps'],
  ['looseObject', 'keeps'],
  ['strict', 'refuses'],
  ['strictObject', 'refuses'],
  ['strip', 'strips'],
  ['object', 'strips'],
])
const ofObjects = /^(\(\)|z|extend|merge|pick|omit|partial|required|deepPartial|refine|superRefine|describe|brand|readonly|openapi|meta)$/

/** The last word of the chain that says something of it; of what is no plain object nothing is said. */
function zodTreatment(names: readonly string[]): Treatment | null {
  const telling = names.find((name) => !ofObjects.test(name))
  return telling === undefined ? null : (zodWords.get(telling) ?? null)
}

function joiTreatment(names: readonly string[], options: Value | null, calls: readonly CallRecord[]): Treatment | null {
  if (names.some((name) => /^(options|prefs|preferences|custom|alternatives|when|external)$/.test(name))) return null
  if (hasProperty(options, 'stripUnknown') !== 'no') return isTrue(property(options, 'stripUnknown')) === 'yes' ? 'strips' : null
  if (hasProperty(options, 'allowUnknown') !== 'no') return isTrue(property(options, 'allowUnknown')) === 'yes' ? 'keeps' : null
  if (!names.includes('unknown')) return 'refuses'
  return calls.every(({ args }) => isFalse(args[0] ?? null) !== 'yes') ? 'keeps' : null
}

/** What `whitelist` takes out is taken from the instance, and the body that it was made of keeps it. */
function decoratorTreatment(options: Value | null): Treatment | null {
  if (options !== null && options.kind !== 'object') return null
  if (hasProperty(options, 'forbidNonWhitelisted') !== 'no')
    return isTrue(property(options, 'forbidNonWhitelisted')) === 'yes' ? 'refuses' : null
  return hasProperty(options, 'whitelist') === 'no' ? 'keeps' : isTrue(property(options, 'whitelist')) === 'yes' ? 'strips' : null
}

function yupTreatment(names: readonly string[], options: Value | null): Treatment | null {
  if (names.includes('noUnknown') || names.includes('exact') || !names.includes('object')) return null
  const strips = hasProperty(options, 'stripUnknown')
  return strips === 'no' ? 'keeps' : strips === 'yes' && isTrue(property(options, 'stripUnknown')) === 'yes' ? 'strips' : null
}
