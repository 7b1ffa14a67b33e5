// Schemas over the environment give what they were given: the environment, an object of its variables, or what their transforms make of either.
import { effectOf } from '../frameworks/knownPackages.js'
import type { CallSite, Machine } from './machine.js'
import type { CallRecord, FunctionValue, Value } from './value.js'
import { environmentVariable, objectValue, SPREAD } from './values.js'

/** What a call that holds the environment against a schema gives back; null for every other call. */
export function validatedEnvironment(machine: Machine, site: CallSite, call: CallRecord): Value | null {
  const name = call.callee.kind === 'member' ? call.callee.name : call.callee.kind === 'package' ? (call.callee.path.at(-1) ?? '') : ''
  if (readsItself(call) || fillsClass(call)) return environmentVariable(site.at, '*')
  // What class-validator gives back are the faults that it found.
  if (!VALIDATORS.test(name) || (call.callee.kind === 'package' && call.callee.package === 'class-validator')) return null
  const given = givenTo(site, call)
  if (given === null) return null
  const checked = transformed(machine, site, call.receiver, given)
  if (name !== 'validate' && name !== 'safeParse') return checked
  const result = objectValue(site.at)
  result.properties.set('value', checked)
  result.properties.set('data', checked)
  result.isOpen = true
  return result
}

/** `envSchema({ schema })` reads `process.env` without being given it. */
function readsItself({ callee, args: [options] }: CallRecord): boolean {
  if (callee.kind !== 'package' || callee.package !== 'env-schema' || !/^(?:default|envSchema)?$/.test(callee.path.join('.'))) return false
  const env = options?.kind === 'object' ? options.properties.get('env') : undefined
  return !(env?.kind === 'literal' && env.value === false)
}

/** `plainToInstance(Env, process.env)` of class-transformer, also with variables that were read from files beside. */
function fillsClass({ callee, args: [, given] }: CallRecord): boolean {
  if (callee.kind !== 'package' || callee.package !== 'class-transformer' || !/^plainTo(?:Instance|Class)$/.test(callee.path.join('.')))
    return false
  return isEnvironment(given) || (given?.kind === 'object' && isEnvironment(given.properties.get(SPREAD)))
}

const VALIDATORS =
  /^(?:validate|validateSync|parse|safeParse|parseAsync|parseEnv|cleanEnv|customCleanEnv|createEnv|attempt|assert|create|load|from|makeValidator|cast|decode)$/

/** The environment, or an object that names variables of it: `schema.parse({ port: process.env.PORT })`. Only of schemas is it known that they give that object back. */
function givenTo({ at }: CallSite, { callee, args }: CallRecord): Value | null {
  if (args.some((arg) => isEnvironment(arg) || isEnvironment(runtimeOf(arg)))) return environmentVariable(at, '*')
  return args.find((arg) => arg.kind === 'object' && namesVariables(arg) && isSchema(callee)) ?? null
}

function isEnvironment(value: Value | undefined): boolean {
  return value?.kind === 'environment' && value.name === '*'
}

/** `createEnv({ server: …, runtimeEnv: process.env })` */
function runtimeOf(options: Value): Value | undefined {
  return options.kind === 'object' ? options.properties.get('runtimeEnv') : undefined
}

function namesVariables(value: Value, depth = 0): boolean {
  if (value.kind === 'environment') return true
  if (value.kind === 'choice') return value.options.some((one) => namesVariables(one, depth))
  return value.kind === 'object' && depth < 3 && [...value.properties.values()].some((one) => namesVariables(one, depth + 1))
}

function isSchema(callee: Value): boolean {
  let value = callee
  for (let depth = 0; depth < LONGEST_CHAIN && (value.kind === 'member' || value.kind === 'result'); depth++)
    value = value.kind === 'member' ? value.object : value.call.callee
  return value.kind === 'package' && effectOf(value.package, value.path)?.kind === 'schema'
}

/** What the functions that a schema gives its result to make of it: `z.object({ … }).transform((env) => ({ port: env.PORT }))`. */
function transformed(machine: Machine, site: CallSite, schema: Value | null, checked: Value): Value {
  return transformsOf(schema).reduce<Value>((value, fn) => machine.run.call(machine, site, fn, null, [value]), checked)
}

/** In the order in which they run: a chain is written from the inside out. */
function transformsOf(schema: Value | null): readonly FunctionValue[] {
  const found: FunctionValue[] = []
  for (let value = schema, depth = 0; value?.kind === 'result' && depth < LONGEST_CHAIN; depth++) {
    const { callee, args } = value.call
    if (callee.kind !== 'member') break
    const [argument] = args
    if (callee.name === 'transform' && argument?.kind === 'function') found.unshift(argument)
    else if (callee.name === 'pipe' && argument !== undefined) found.unshift(...transformsOf(argument))
    value = callee.object
  }
  return found
}

const LONGEST_CHAIN = 32
