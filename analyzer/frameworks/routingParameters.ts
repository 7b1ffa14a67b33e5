// Parameters of actions of routing-controllers: which part of the request each decorator brings, and what the package validates by classes.
import type { ParameterFacts } from '../extract/facts.js'
import type { CallSite, Machine } from '../link/machine.js'
import { placeOf } from '../link/places.js'
import { awaitValue } from '../link/promises.js'
import { record } from '../link/records.js'
import { conventionalRoles, symbolicParameter } from '../link/roles.js'
import type { ClassValue, FunctionValue, ObjectValue, Value } from '../link/value.js'
import { memberValue, objectValue, packageValue, unknown } from '../link/values.js'
import type { Location } from '../text/location.js'
import { parameterOf } from './nestContext.js'
import { evaluateIn, frameOf, propertyOf, textsOf } from './nestValues.js'

/** What an action is called with, beside the request. */
export interface Called {
  readonly currentUser: Value | undefined
  /** The option `validation`. */
  readonly validation: Value | undefined
  /** True where classes are made in a way of their own, which may leave out what they do not name. */
  readonly transforms: boolean
}

/** A decorator of a parameter: its name, and what it was given. */
export interface ParameterDecorator {
  readonly name: string
  readonly args: readonly Value[]
  readonly at: Location
}

/** Decorators that bring a part of the request, and the member of the request that it is. Those of single values name one. */
const PARTS: Readonly<Record<string, string>> = {
  Body: 'body',
  QueryParams: 'query',
  Params: 'params',
  HeaderParams: 'headers',
  CookieParams: 'cookies',
  Session: 'session',
  UploadedFile: 'file',
  UploadedFiles: 'files',
}
const SINGLE: Readonly<Record<string, string>> = {
  BodyParam: 'body',
  QueryParam: 'query',
  Param: 'params',
  HeaderParam: 'headers',
  CookieParam: 'cookies',
  SessionParam: 'session',
}
const OWN = new Set([...Object.keys(PARTS), ...Object.keys(SINGLE), 'Req', 'Res', 'Ctx', 'State', 'CurrentUser'])

/** The package's decorators of a parameter, and those that the project makes with it. */
export function decoratorsOfParameter(machine: Machine, fn: FunctionValue, parameter: ParameterFacts): readonly ParameterDecorator[] {
  const { owner } = fn
  if (owner === null) return []
  return parameter.decorators.flatMap(({ expression, node }): readonly ParameterDecorator[] => {
    const at = placeOf(fn.source.file, fn.facts, node)
    const name = nameOf(expression)
    const isCall = expression[0] === 'call'
    if (OWN.has(name)) return [{ name, at, args: isCall ? expression[3].map((one) => evaluateIn(machine, owner, fn.facts, one)) : [] }]
    const value = evaluateIn(machine, owner, fn.facts, expression)
    const callee = value.kind === 'result' ? value.call.callee : null
    if (value.kind !== 'result' || callee?.kind !== 'package' || callee.package !== 'routing-controllers') return []
    return [{ name: callee.path.at(-1) ?? '', args: value.call.args, at }]
  })
}

/** What the package passes to an action. Values with a class to check them by are validated on the way. */
export function argumentsOf(machine: Machine, site: CallSite, fn: FunctionValue, called: Called): readonly Value[] {
  const roles = conventionalRoles(fn.facts)
  return fn.facts.parameters.map((parameter, index) => {
    const at = placeOf(fn.source.file, fn.facts, parameter.node)
    const [decorator] = decoratorsOfParameter(machine, fn, parameter)
    if (decorator !== undefined) return argumentOf(machine, site, fn, { parameter, decorator, at }, called)
    const role = roles[index] ?? 'unknown'
    if (role === 'request' || role === 'response') return parameterOf(at, role, role)
    return parameter.type === null ? symbolicParameter(fn, index, 'unknown') : { kind: 'typed', at, type: parameter.type }
  })
}

interface Parameter {
  readonly parameter: ParameterFacts
  readonly decorator: ParameterDecorator
  readonly at: Location
}

function argumentOf(machine: Machine, site: CallSite, fn: FunctionValue, one: Parameter, called: Called): Value {
  const { at, decorator } = one
  const { name, args } = decorator
  const awaited = (callee: Value, given: readonly Value[]): Value =>
    awaitValue(machine, machine.run.call(machine, { ...site, isAwaited: true }, callee, null, given))
  if (name === 'Req') return parameterOf(at, 'request', 'request')
  if (name === 'Res') return parameterOf(at, 'response', 'response')
  if (name === 'CurrentUser')
    return called.currentUser?.kind === 'function' ? awaited(called.currentUser, [actionObject(at)]) : unknown(at, 'the current user')
  if (name === 'createParamDecorator') {
    const given = propertyOf(args[0], 'value')
    return given?.kind === 'function' ? awaited(given, [actionObject(at)]) : unknown(at, 'a parameter of the project')
  }
  const part = partOf(at, name, args)
  if (part === null) return unknown(at, `what @${name}() brings`)
  if (!isValidated(machine, fn, one, called)) return part
  const own = propertyOf(args[SINGLE[name] === undefined ? 0 : 1], 'transform')
  const options = called.transforms || own !== undefined ? unknown(at, 'what a class is made with') : called.validation
  validate(machine, site, at, part, options)
  return part
}

function partOf(at: Location, name: string, args: readonly Value[]): Value | null {
  const whole = PARTS[name] ?? SINGLE[name]
  if (whole === undefined) return null
  const request = memberValue(at, parameterOf(at, 'request', 'request'), whole)
  if (PARTS[name] !== undefined) return request
  const key = textsOf(args[0])[0]
  return memberValue(at, request, key == null ? '*' : whole === 'headers' ? key.toLowerCase() : key)
}

/** What checkers and interceptors are told of a request. */
export function actionObject(at: Location): ObjectValue {
  const action = objectValue(at)
  for (const role of ['request', 'response', 'next'] as const) action.properties.set(role, parameterOf(at, role, role))
  action.isOpen = true
  return action
}

/** Objects are validated where their declared type, or `type`, is a class with decorators; lists and texts of the path are not. */
function isValidated(machine: Machine, fn: FunctionValue, { parameter, decorator }: Parameter, { validation }: Called): boolean {
  const { name, args } = decorator
  if (!/^(?:Body|BodyParam|QueryParams?|Params|HeaderParams)$/.test(name)) return false
  const options = SINGLE[name] === undefined ? args[0] : args[1]
  const own = propertyOf(options, 'validate')
  if (isFalse(own) || (own === undefined && isFalse(validation))) return false
  const type = propertyOf(options, 'type') ?? declaredType(machine, fn, parameter)
  return type?.kind === 'class' && hasDecorators(type)
}

function declaredType(machine: Machine, { owner }: FunctionValue, { type }: ParameterFacts): Value | undefined {
  if (owner === null || type === null) return undefined
  return machine.run.readName(machine, frameOf(owner), owner.environment, type.name, owner.at)
}

function hasDecorators(target: ClassValue): boolean {
  for (let current: Value | null = target; current?.kind === 'class'; current = current.superClass)
    if (current.facts.members.some(({ decorators }) => decorators.length > 0)) return true
  return false
}

function isFalse(value: Value | undefined): boolean {
  return value?.kind === 'literal' && value.value === false
}

/** The package hands what came to class-validator, and answers 400 where that finds faults. */
function validate(machine: Machine, site: CallSite, at: Location, part: Value, options: Value | undefined): void {
  const args = options === undefined || options.kind === 'literal' ? [part] : [part, options]
  record(machine, site.frame, {
    at,
    callee: packageValue(at, 'class-validator', ['validateOrReject']),
    receiver: null,
    args,
    argsAt: args.map(() => at),
    isNew: false,
    isWrite: false,
    isAwaited: true,
  })
}

function nameOf(expression: ParameterFacts['decorators'][number]['expression']): string {
  const callee = expression[0] === 'call' ? expression[2] : expression
  return callee[0] === 'name' ? callee[2] : callee[0] === 'member' ? callee[3] : ''
}
