// tsoa: what the routes that it generates ask of its runtime, which is middleware of decorators, arguments out of requests, and calls of controllers.
import { decorationsOf, type Decoration } from '../link/decorators.js'
import type { CallSite, FrameworkModel, Machine } from '../link/machine.js'
import { awaitValue } from '../link/promises.js'
import type { ObjectValue, Value } from '../link/value.js'
import { arrayValue, literal, undefinedAt, unknown } from '../link/values.js'

const RUNTIME = /^(?:@tsoa\/runtime|tsoa)$/

export const tsoa: FrameworkModel = {
  knows: (name) => RUNTIME.test(name),
  callPackage(_machine, site, callee, args) {
    if (!RUNTIME.test(callee.package) || callee.path.at(-1) !== 'fetchMiddlewares') return null
    return arrayValue(site.at, [...middlewareOf(args[0])])
  },
  onOpaqueCall(machine, site, { callee, args: [given] }) {
    if (callee.kind !== 'member' || given?.kind !== 'object' || !isTemplateService(callee.object)) return null
    if (callee.name === 'getValidatedArgs') return argumentsOf(machine, site, given)
    return callee.name === 'apiHandler' ? answer(machine, site, given) : null
  },
}

function isTemplateService(value: Value): boolean {
  const callee = value.kind === 'result' ? value.call.callee : null
  return callee?.kind === 'package' && RUNTIME.test(callee.package) && callee.path.at(-1) === 'ExpressTemplateService'
}

/** What `@Middlewares` gave to a class, or to a method of one; of several decorators the last one runs first. */
function middlewareOf(target: Value | undefined): readonly Value[] {
  if (target?.kind === 'class') return givenBy(decorationsOf(target).own)
  if (target?.kind !== 'function' || target.owner === null) return []
  return givenBy(decorationsOf(target.owner).members.get(target.facts.name) ?? [])
}

function givenBy(decorations: readonly Decoration[]): readonly Value[] {
  return decorations.toReversed().flatMap(({ value }) => {
    const callee = value.kind === 'result' ? value.call.callee : null
    const isOurs = callee?.kind === 'package' && RUNTIME.test(callee.package) && callee.path.at(-1) === 'Middlewares'
    return isOurs && value.kind === 'result' ? value.call.args : []
  })
}

/** The parts of the request that each parameter of a method names, in order. */
function argumentsOf(machine: Machine, site: CallSite, given: ObjectValue): Value {
  const schemas = given.properties.get('args')
  const request = given.properties.get('request')
  if (schemas?.kind !== 'object' || request === undefined) return unknown(site.at, 'arguments of a controller')
  return arrayValue(
    site.at,
    [...schemas.properties.values()].map((schema) => argumentOf(machine, site, request, textIn(schema, 'in'), textIn(schema, 'name'))),
  )
}

function argumentOf(machine: Machine, site: CallSite, request: Value, place: string, name: string): Value {
  const part = (...names: readonly string[]): Value =>
    names.reduce((value, one) => machine.run.getMember(machine, site, value, one), request)
  switch (place) {
    case 'request':
      return request
    case 'request-prop':
      return part(name)
    case 'body':
      return part('body')
    case 'body-prop':
    case 'formData':
      return part('body', name)
    case 'query':
      return part('query', name)
    case 'queries':
      return part('query')
    case 'path':
      return part('params', name)
    case 'header':
      return machine.run.callMethod(machine, site, request, 'header', [literal(site.at, name)])
    default:
      return unknown(site.at, `an argument of a controller from ${place}`)
  }
}

function textIn(schema: Value, name: string): string {
  const value = schema.kind === 'object' ? schema.properties.get(name) : undefined
  return value?.kind === 'literal' ? String(value.value) : ''
}

/** Calls the method of the controller and answers with what it gives; what it throws goes to `next`. */
function answer(machine: Machine, site: CallSite, given: ObjectValue): Value {
  const controller = given.properties.get('controller')
  const response = given.properties.get('response')
  const args = given.properties.get('validatedArgs')
  const name = textIn(given, 'methodName')
  if (controller === undefined || response === undefined || name === '') return undefinedAt(site.at)
  machine.tryDepth++
  const called = machine.run.callMethod(
    machine,
    { ...site, isAwaited: true },
    controller,
    name,
    args?.kind === 'array' ? args.elements : [],
  )
  const data = awaitValue(machine, called)
  machine.tryDepth--
  return machine.run.callMethod(machine, site, response, 'json', [data])
}
