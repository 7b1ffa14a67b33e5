// Modules of a Nest application: static and dynamic ones, and what modules of packages are given.
import type { Machine } from '../link/machine.js'
import type { ClassValue, PackageValue, Value } from '../link/value.js'
import { objectValue } from '../link/values.js'
import { type Location, locationKey } from '../text/location.js'
import { classDecorator } from './nestDecorators.js'
import { addPackageModule } from './nestPackageModules.js'
import { addProvider, provide } from './nestProvide.js'
import type { NestApplication, NestModule } from './nestState.js'
import { listOf, placeOfProperty, propertyOf, settled, tokenKey } from './nestValues.js'

/** Work that needs every module to be known: factories of dynamic modules. */
export type Later = (() => void)[]

/** Finds every module that the application imports, in Nest's order: a module, then what it imports. */
export function scanModules(machine: Machine, app: NestApplication): void {
  const later: Later = []
  addModule(machine, app, app.root, app.site.at, 1, later)
  for (const work of later) work()
}

/** Adds a module with what it imports; null for what is no module. A module that is known already is the same one. */
export function addModule(
  machine: Machine,
  app: NestApplication,
  written: Value,
  at: Location,
  distance: number,
  later: Later,
): NestModule | null {
  const { site } = app
  const value = settled(machine, site, written)
  switch (value.kind) {
    case 'class':
      return addClass(machine, app, value, null, at, distance, later)
    case 'object': {
      const target = propertyOf(value, 'module')
      const inner = target === undefined ? undefined : settled(machine, site, target)
      if (inner?.kind === 'class') return addClass(machine, app, inner, value, at, distance, later)
      if (inner?.kind === 'package') return addOfPackage(machine, app, inner, value, at, distance, later)
      return addPlain(machine, app, value, distance, later)
    }
    case 'choice':
      return value.options.reduce<NestModule | null>((found, option) => addModule(machine, app, option, at, distance, later) ?? found, null)
    case 'package':
      return addOfPackage(machine, app, value, value, at, distance, later)
    case 'result': {
      const { receiver, callee, args } = value.call
      // `ConfigurableModuleClass` gives its subclasses `register` and `forRoot`, with the options under its token.
      if (receiver?.kind === 'class') return addConfigurable(machine, app, receiver, value, distance, later)
      if (callee.kind === 'package') {
        const module = addOfPackage(machine, app, callee, value, at, distance, later)
        addPackageModule(machine, app, module, callee, value, later, (inner, place) =>
          addModule(machine, app, inner, place, distance + 1, later),
        )
        return module
      }
      return args.reduce<NestModule | null>(
        (found, arg) => (arg.kind === 'class' ? addModule(machine, app, arg, at, distance, later) : found),
        null,
      )
    }
    default:
      return null
  }
}

function addClass(
  machine: Machine,
  app: NestApplication,
  target: ClassValue,
  dynamic: Value | null,
  at: Location,
  distance: number,
  later: Later,
): NestModule {
  const key = `${tokenKey(target) ?? ''}${dynamic === null ? '' : ` ${locationKey(dynamic.at)} ${machine.identity(dynamic)}`}`
  const known = app.modulesByKey.get(key)
  if (known !== undefined) return known
  const metadata = classDecorator(target, /^Module$/)?.args[0]
  const isGlobal =
    classDecorator(target, /^Global$/) !== null || isTrue(propertyOf(dynamic, 'global')) || isTrue(propertyOf(metadata, 'global'))
  const module = makeModule(app, key, target.facts.name, target, distance)
  module.isGlobal = isGlobal
  for (const source of [metadata, dynamic]) if (source !== undefined && source !== null) fill(machine, app, module, source, at, later)
  return module
}

function addPlain(machine: Machine, app: NestApplication, value: Value, distance: number, later: Later): NestModule | null {
  if (!['controllers', 'imports', 'providers'].some((name) => propertyOf(value, name) !== undefined)) return null
  const module = makeModule(app, `object ${machine.identity(value)}`, 'module', null, distance)
  fill(machine, app, module, value, value.at, later)
  return module
}

function addConfigurable(
  machine: Machine,
  app: NestApplication,
  target: ClassValue,
  value: Extract<Value, { kind: 'result' }>,
  distance: number,
  later: Later,
): NestModule {
  const { callee, args, at } = value.call
  const holder = callee.kind === 'member' ? callee.object : callee
  const dynamic = objectValue(value.at)
  const module = addClass(machine, app, target, dynamic, at, distance, later)
  const options = args[0]
  if (options === undefined || holder.kind !== 'member') return module
  const token: Value = { ...holder, name: 'MODULE_OPTIONS_TOKEN' }
  const isAsync = callee.kind === 'member' && callee.name.endsWith('Async')
  const factory = isAsync ? propertyOf(options, 'useFactory') : undefined
  provide(module, {
    token,
    how: factory === undefined ? 'value' : 'factory',
    target: factory ?? options,
    inject: factory === undefined ? [] : listOf(machine, app.site, propertyOf(options, 'inject')),
    at,
  })
  for (const inner of listOf(machine, app.site, propertyOf(options, 'imports'))) importInto(machine, app, module, inner, at, later)
  return module
}

function addOfPackage(
  machine: Machine,
  app: NestApplication,
  callee: PackageValue,
  value: Value,
  at: Location,
  distance: number,
  later: Later,
): NestModule {
  const key = `package ${callee.package} ${callee.path.join('.')} ${value.kind === 'package' ? '' : locationKey(value.at)}`
  const known = app.modulesByKey.get(key)
  if (known !== undefined) return known
  const name = callee.path.find((part) => /Module$/.test(part)) ?? callee.path.at(-1) ?? callee.package
  const module = makeModule(app, key, name, null, distance)
  if (value.kind === 'object') fill(machine, app, module, value, at, later)
  return module
}

function makeModule(app: NestApplication, key: string, name: string, target: ClassValue | null, distance: number): NestModule {
  const module: NestModule = { name, target, imports: [], providers: [], controllers: [], distance, isGlobal: false }
  app.modulesByKey.set(key, module)
  app.modules.push(module)
  return module
}

function fill(machine: Machine, app: NestApplication, module: NestModule, source: Value, at: Location, later: Later): void {
  const { site } = app
  for (const provider of listOf(machine, site, propertyOf(source, 'providers'))) addProvider(machine, site, module, provider)
  for (const controller of listOf(machine, site, propertyOf(source, 'controllers')))
    if (controller.kind === 'class') module.controllers.push({ target: controller, at: placeOfProperty(source, 'controllers') })
  for (const imported of listOf(machine, site, propertyOf(source, 'imports'))) importInto(machine, app, module, imported, at, later)
}

function importInto(machine: Machine, app: NestApplication, module: NestModule, imported: Value, at: Location, later: Later): void {
  const inner = addModule(machine, app, imported, at, module.distance + 1, later)
  if (inner !== null && inner !== module) module.imports.push(inner)
}

function isTrue(value: Value | undefined): boolean {
  return value?.kind === 'literal' && value.value === true
}
