// Modules of packages that are given options: what asynchronous options come to, configuration namespaces, throttlers, prefixes.
import type { Machine } from '../link/machine.js'
import { awaitValue } from '../link/promises.js'
import type { PackageValue, ResultValue, Value } from '../link/value.js'
import { arrayValue, environmentVariable } from '../link/values.js'
import type { Location } from '../text/location.js'
import { resolveToken } from './nestProviders.js'
import type { NestApplication, NestModule } from './nestState.js'
import { listOf, madeByPackage, packageBehind, propertyOf, textsOf } from './nestValues.js'

/** Reads the call of a dynamic module: `X.forRoot(options)`, `X.registerAsync({ useFactory })`. */
export function addPackageModule(
  machine: Machine,
  app: NestApplication,
  module: NestModule,
  callee: PackageValue,
  value: ResultValue,
  later: (() => void)[],
  addModule: (inner: Value, at: Location) => NestModule | null,
): void {
  const { args } = value.call
  const [options] = args
  const method = callee.path.at(-1) ?? ''
  if (options === undefined) {
    if (callee.package === '@nestjs/throttler' && method === 'forRoot') app.throttling ??= arrayValue(value.at, [])
    return
  }
  for (const inner of listOf(machine, app.site, propertyOf(options, 'imports'))) {
    const found = addModule(inner, value.at)
    if (found !== null) module.imports.push(found)
  }
  if (method.endsWith('Async')) {
    later.push(() => {
      const made = asynchronousOptions(machine, app, module, options)
      if (made === null) return
      const plain = [...callee.path.slice(0, -1), method.slice(0, -'Async'.length)]
      const call = madeByPackage(machine, app.site, made.at, callee.package, plain, [made])
      if (call.kind === 'result') use(machine, app, callee, made)
    })
  } else use(machine, app, callee, options)
}

/** What the factory, or the class of factories, gives. */
function asynchronousOptions(machine: Machine, app: NestApplication, module: NestModule, options: Value): Value | null {
  const { site } = app
  const factory = propertyOf(options, 'useFactory')
  if (factory?.kind === 'function') {
    const args = listOf(machine, site, propertyOf(options, 'inject')).map((token) => resolveToken(machine, site, app, module, token))
    return awaitValue(machine, machine.run.call(machine, { ...site, isAwaited: true }, factory, null, args))
  }
  const maker = propertyOf(options, 'useClass') ?? propertyOf(options, 'useExisting')
  if (maker?.kind !== 'class') return null
  const method = maker.facts.members.find((one) => one.kind === 'method' && typeof one.key === 'string' && /^create/.test(one.key))
  if (typeof method?.key !== 'string') return null
  const instance = resolveToken(machine, site, app, module, maker)
  return awaitValue(machine, machine.run.callMethod(machine, { ...site, isAwaited: true }, instance, method.key, []))
}

function use(machine: Machine, app: NestApplication, callee: PackageValue, options: Value): void {
  if (callee.package === '@nestjs/graphql') {
    app.graphs.push(options)
    for (const kind of listOf(machine, app.site, propertyOf(options, 'fieldResolverEnhancers')))
      app.fieldEnhancers.add(textsOf(kind)[0] ?? '')
  }
  if (callee.package === '@nestjs/throttler') app.throttling ??= options
  if (callee.package === '@nestjs/config') {
    const method = callee.path.at(-1)
    const factories = method === 'forFeature' ? [options] : listOf(machine, app.site, propertyOf(options, 'load'))
    for (const factory of factories) keepConfiguration(app, factory)
    if (method === 'forRoot') validateEnvironment(machine, app, options)
  }
  if (callee.package === '@nestjs/core' && callee.path.includes('RouterModule')) prefixModules(machine, app, options, '')
}

/** `validate` gets the environment; a schema is asked in its own words (domain fact J20). */
function validateEnvironment(machine: Machine, app: NestApplication, options: Value): void {
  const { site } = app
  const environment = environmentVariable(site.at, '*')
  const validate = propertyOf(options, 'validate')
  if (validate?.kind === 'function') machine.run.call(machine, { ...site, isAwaited: true }, validate, null, [environment])
  const schema = propertyOf(options, 'validationSchema')
  if (schema === undefined) return
  const method = packageBehind(schema)?.package === 'joi' ? 'validate' : 'parse'
  machine.run.callMethod(machine, { ...site, at: schema.at, argsAt: [schema.at] }, schema, method, [environment])
}

/** `registerAs('name', factory)` stands under its name, other factories give the root. */
function keepConfiguration(app: NestApplication, factory: Value): void {
  const isNamed = factory.kind === 'result' && factory.call.callee.kind === 'package' && factory.call.callee.path.at(-1) === 'registerAs'
  const name = isNamed ? (textsOf(factory.call.args[0])[0] ?? '') : ''
  const target = isNamed ? factory.call.args[1] : factory
  if (target === undefined) return
  app.configuration.set(name, [...(app.configuration.get(name) ?? []), target])
}

/** `RouterModule.register([{ path, module, children }])`. */
function prefixModules(machine: Machine, app: NestApplication, routes: Value, prefix: string): void {
  for (const route of listOf(machine, app.site, routes)) {
    if (route.kind === 'class') {
      app.modulePrefixes.set(route, prefix)
      continue
    }
    const path = `${prefix}/${textsOf(propertyOf(route, 'path'))[0] ?? '*'}`
    const target = propertyOf(route, 'module')
    if (target?.kind === 'class') app.modulePrefixes.set(target, path)
    const children = propertyOf(route, 'children')
    if (children !== undefined) prefixModules(machine, app, children, path)
  }
}
