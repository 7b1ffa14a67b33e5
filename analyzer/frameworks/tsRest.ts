// ts-rest on Express: the routes of a contract, with the handlers that a project gives them.
import type { CallSite, FrameworkModel, Machine } from '../link/machine.js'
import { recordCall } from '../link/records.js'
import type { PackageValue, ScopeValue, Value } from '../link/value.js'
import { undefinedAt } from '../link/values.js'
import type { Location } from '../text/location.js'
import { pathsOf } from './expressArguments.js'
import { register } from './expressRegistration.js'
import { withoutInterop } from './knownPackages.js'
import { madeByPackage, propertyOf, textsOf } from './nestValues.js'
import { noteUnseen } from './routeRegistrars.js'
import { answerContract } from './tsRestContracts.js'
import { servedImplementation } from './tsRestServing.js'

const PACKAGE = '@ts-rest/express'
const VERB = /^(?:GET|POST|PUT|PATCH|DELETE)$/

export const tsRest: FrameworkModel = {
  knows: (name) => name === PACKAGE,
  callPackage(machine, site, callee, args) {
    if (callee.package !== PACKAGE || withoutInterop(callee.path).join('.') !== 'createExpressEndpoints') return null
    const [contract, router, app] = args
    if (app?.kind !== 'scope') return null
    const endpoints: Endpoints = { machine, site, callee, args, app, options: args[3] }
    const isWhole = addRoutes(endpoints, contract, router, 0)
    const handler = madeByPackage(machine, site, site.at, PACKAGE, ['requestValidationErrorHandler'], [])
    register(machine, site, app.scope, 'layer', [''], [], [handler], [site.at], recordCall(machine, site, { callee, receiver: null, args }))
    if (!isWhole) noteUnseen(machine, app.scope, site.at, PACKAGE, 'routes')
    return undefinedAt(site.at)
  },
  onOpaqueCall: (_machine, site, call) => answerContract(site, call),
}

interface Endpoints {
  readonly machine: Machine
  readonly site: CallSite
  readonly callee: PackageValue
  readonly args: readonly Value[]
  readonly app: ScopeValue
  readonly options: Value | undefined
}

/** The router says what there is, in its order; the contract says where. False where something of either is not known. */
function addRoutes(endpoints: Endpoints, contract: Value | undefined, router: Value | undefined, depth: number): boolean {
  if (contract?.kind !== 'object' || router?.kind !== 'object' || depth > 6) return false
  let isWhole = !router.isOpen
  for (const [name, given] of router.properties) {
    const schema = contract.properties.get(name)
    const at = router.writtenAt.get(name) ?? given.at
    const isHandler = given.kind === 'function' || (given.kind === 'object' && given.properties.has('handler'))
    const isRead = isHandler ? addRoute(endpoints, schema, given, at) : addRoutes(endpoints, schema, given, depth + 1)
    isWhole &&= isRead
  }
  return isWhole
}

function addRoute(
  { machine, site, callee, args, app, options }: Endpoints,
  schema: Value | undefined,
  given: Value,
  at: Location,
): boolean {
  const handler = given.kind === 'object' ? given.properties.get('handler') : given
  if (schema?.kind !== 'object' || handler?.kind !== 'function') return false
  const method = textsOf(schema.properties.get('method'))[0] ?? ''
  if (!VERB.test(method)) return false
  const before = [propertyOf(options, 'globalMiddleware'), propertyOf(given, 'middleware')].filter((one) => one !== undefined)
  const served = servedImplementation(machine, handler, schema)
  // Each route is a call of its own, wherever the package makes it.
  const call = recordCall(machine, site, { callee, receiver: null, args })
  const places = [...before.map((one) => one.at), handler.at]
  register(
    machine,
    { ...site, at },
    app.scope,
    'route',
    pathsOf(schema.properties.get('path')),
    [method],
    [...before, served],
    places,
    call,
  )
  return before.every(isList)
}

function isList(value: Value): value is Extract<Value, { kind: 'array' }> {
  return value.kind === 'array' && !value.isOpen
}
