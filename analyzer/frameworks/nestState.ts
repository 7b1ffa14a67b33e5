// What is known of a Nest application while it boots.
import type { CallSite } from '../link/machine.js'
import type { CallRecord, ClassValue, Guard, PackageValue, ScopeValue, TypedValue, Value } from '../link/value.js'
import type { Scope } from '../model/model.js'
import type { Location } from '../text/location.js'

export type Platform = 'express' | 'fastify' | 'unknown'

/** Guards, interceptors, pipes and filters, as Nest calls them together. */
export type EnhancerKind = 'guard' | 'interceptor' | 'pipe' | 'filter'
export const ENHANCER_KINDS: readonly EnhancerKind[] = ['guard', 'interceptor', 'pipe', 'filter']

export interface Enhancer {
  readonly value: Value
  readonly at: Location
  /** The module that provides it; null for what is handed over as an object. */
  readonly module: NestModule | null
}

/** A module of the application, static or dynamic. */
export interface NestModule {
  readonly name: string
  /** null for modules of packages and for plain objects. */
  readonly target: ClassValue | null
  readonly imports: NestModule[]
  readonly providers: Provider[]
  readonly controllers: { readonly target: ClassValue; readonly at: Location }[]
  readonly distance: number
  isGlobal: boolean
}

export interface Provider {
  readonly key: string
  readonly token: Value
  readonly how: 'class' | 'value' | 'factory' | 'existing'
  readonly target: Value
  readonly inject: readonly Value[]
  readonly module: NestModule
  readonly at: Location
  made: Value | null
}

export interface MiddlewareUse {
  readonly handlers: readonly Value[]
  readonly handlersAt: readonly Location[]
  readonly excluded: readonly Value[]
  readonly routes: readonly Value[]
  readonly at: Location
  readonly call: CallRecord
  readonly guards: readonly Guard[]
  readonly module: NestModule
  readonly isOff: boolean
}

export interface NestApplication {
  readonly scope: Scope
  readonly value: ScopeValue
  /** The call that makes it. */
  readonly site: CallSite
  readonly guards: readonly Guard[]
  readonly stack: readonly Location[]
  readonly isOff: boolean
  readonly kind: 'http' | 'microservice' | 'context'
  readonly root: Value
  readonly platform: Platform
  /** Major version of Nest, the newest that is known where nothing says. */
  readonly major: number
  /** In the order in which they were reached. */
  readonly modules: NestModule[]
  readonly modulesByKey: Map<string, NestModule>
  readonly globals: Record<EnhancerKind, Enhancer[]>
  readonly middleware: MiddlewareUse[]
  /** Options of ThrottlerModule. */
  throttling: Value | null
  /** Factories of `registerAs` and `load`, by namespace ('' for none). */
  readonly configuration: Map<string, Value[]>
  /** `RouterModule.register` prefixes by module class. */
  readonly modulePrefixes: Map<ClassValue, string>
  prefix: { readonly path: Value; readonly excluded: Value | null } | null
  versioning: Value | null
  /** The instance of Fastify or Express below, with what is registered on it; null where nobody but Nest holds it. */
  readonly raw: ScopeValue | null
  /** The microservices that are connected to it. */
  readonly connected: ConnectedMicroservice[]
  /** Kinds of enhancers that GraphQL runs for fields of types too, in the words of its module. */
  readonly fieldEnhancers: Set<string>
  /** Options of its modules of GraphQL. */
  readonly graphs: Value[]
  isInitialised: boolean
}

/** Its handlers see what is global only where that is asked for, and of `useGlobal…` only what came before (domain fact K37). */
export interface ConnectedMicroservice {
  readonly inherits: boolean
  /** How many enhancers were handed over before, by kind. */
  readonly handedOver: Readonly<Record<EnhancerKind, number>>
}

const applications = new WeakMap<Scope, NestApplication>()
const consumers = new WeakMap<Value, { readonly app: NestApplication; readonly module: NestModule }>()
const rawInstances = new WeakSet<ScopeValue>()

/** The application that a scope stands for. */
export function nestOf(scope: Scope): NestApplication | null {
  return applications.get(scope) ?? null
}

export function keep(app: NestApplication): void {
  applications.set(app.scope, app)
}

/** The middleware consumer that a module's `configure` gets. */
export function consumerOf(value: Value): { readonly app: NestApplication; readonly module: NestModule } | null {
  return consumers.get(value) ?? null
}

export function makeConsumer(at: Location, app: NestApplication, module: NestModule): TypedValue {
  const consumer = typed(at, 'MiddlewareConsumer')
  consumers.set(consumer, { app, module })
  return consumer
}

/** The Express application below a Nest application: the same scope, asked in Express's words. */
export function rawInstance(value: ScopeValue): ScopeValue {
  const raw: ScopeValue = { ...value }
  rawInstances.add(raw)
  return raw
}

export function isRawInstance(value: ScopeValue): boolean {
  return rawInstances.has(value)
}

export function typed(at: Location, name: string): TypedValue {
  return { kind: 'typed', at, type: { name, args: [] } }
}

const instances = new WeakMap<Value, PackageValue>()

/** What the container gives for a class of a package: all that is known of it is the class. */
export function instanceOf(at: Location, token: PackageValue): TypedValue {
  const instance = typed(at, token.path.at(-1) ?? token.package)
  instances.set(instance, token)
  return instance
}

/** The class of a package that the container gave an instance of, as in `app.get(ThrottlerGuard)`. */
export function classOfInstance(value: Value): PackageValue | null {
  return instances.get(value) ?? null
}

/** The name of the declared type of something opaque, without qualifiers. */
export function typeNameOf(value: Value): string | null {
  if (value.kind === 'typed' || value.kind === 'parameter') return value.type?.name.split('.').at(-1) ?? null
  if (value.kind === 'result' && value.call.isNew && value.call.callee.kind === 'package') return value.call.callee.path.at(-1) ?? null
  if (value.kind === 'object' && value.external?.kind === 'package') return value.external.path.at(-1) ?? null
  return null
}
