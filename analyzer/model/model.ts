// The model of the project: applications, scopes, ordered entries, and an index of calls and values.
import type { DeploymentFacts, FileFacts } from '../extract/facts.js'
import type { RouteOption } from '../link/routeSettings.js'
import type { CallRecord, FunctionValue, Guard, Value } from '../link/value.js'
import type { FunctionPlace, Location } from '../text/location.js'

export type Framework = 'express' | 'fastify' | 'nest'
/** The answer of a model query. `unknown` means that code in the way could not be understood. */
export type Answer = 'yes' | 'no' | 'unknown'
export type Confidence = 'high' | 'medium' | 'low'

/** What a middleware or plugin does for the requests that pass it. */
export type Capability =
  | 'security-headers'
  | 'csp'
  | 'hsts'
  | 'permissions-policy'
  | 'hide-powered-by'
  | 'cors'
  | 'rate-limit'
  | 'slow-down'
  | 'auth'
  | 'validation'
  | 'error-handler'
  | 'body-parser'
  | 'session'
  | 'cookies'
  | 'csrf'
  | 'logging'
  | 'static'
  | 'compression'
  | 'request-id'
  | 'webhook-signature'
  | 'upload'
  | 'sanitize'
  | 'https-redirect'
  | 'async-errors'
  | 'docs'
  | 'metrics'
  | 'health'
  | 'view'

/** Something that layers and routes are registered on. Entries are in the order in which they count. */
export interface Scope {
  readonly id: number
  readonly kind: 'app' | 'router' | 'route' | 'plugin' | 'module' | 'controller' | 'gateway'
  readonly framework: Framework
  readonly at: Location
  /** The variable, field or file that a reader knows it by. */
  name: string
  readonly entries: Entry[]
  /** `trust proxy`, `x-powered-by`, `env`, `view engine`…, each write in order. */
  readonly settings: Setting[]
  /** What could not be resolved on this scope: an unknown function that received it, a computed registration. */
  readonly gaps: Gap[]
  /** Where it is mounted. Empty for applications. */
  readonly mounts: Entry[]
  /** True where a package makes it with its routes, so that no statement behind it puts anything in front of them. */
  readonly comesFilled?: true
}

export interface Setting {
  readonly name: string
  readonly value: Value
  readonly at: Location
  readonly guards: readonly Guard[]
}

/** Why a scope is incomplete, and how much that matters: project code that was not understood blinds (`isBlind`), an unlisted package does not (DESIGN law 10). */
export interface Gap {
  readonly at: Location
  readonly why: string
  readonly isBlind: boolean
  readonly package: string | null
  /** True where a package registered routes that nobody read. */
  readonly hidesRoutes?: boolean
}

/** One registration on a scope. */
export interface Entry {
  readonly kind: 'layer' | 'route' | 'mount'
  readonly at: Location
  readonly scope: Scope
  /** Number in order of execution over the whole boot. */
  readonly order: number
  /** Path as written: '' for all. null when it is not known. A regular expression keeps its source between slashes. */
  readonly path: string | null
  /** Upper case; empty for all methods. */
  readonly methods: readonly string[]
  /** Flattened middleware and handlers, in order. A mounted scope stands in `mounted` and not here. */
  readonly handlers: readonly Value[]
  readonly handlersAt: readonly Location[]
  readonly mounted: Scope | null
  readonly guards: readonly Guard[]
  /** Off in production. */
  readonly isOff: boolean
  readonly call: CallRecord | null
  /** Fastify: when a layer runs (`onRequest`, …, `onRoute` for what covers later routes alone, `errorHandler`, `notFoundHandler`). */
  readonly hook?: string
  /** Fastify: the hook of each handler of a route, of what answers unknown paths, and of what `onRoute` adds to later routes; null for the handler itself. */
  readonly hooks?: readonly (string | null)[]
  /** Fastify: the option by which routes change or leave out what a plugin's layer does. */
  readonly option?: RouteOption
  /** Fastify: the options of a route. */
  readonly options?: Value
  /** Nest: what a layer runs for, and how a route is reached. Absent where requests alone are meant. */
  readonly transports?: readonly ('http' | 'ws' | 'rpc')[]
  /** Nest: the method that a filter stands on. Absent where it answers for all that its scope serves. */
  readonly forMethod?: readonly Location[]
  /** Nest: what is taken off the path before middleware of a module sees it, for each handler: '' for nothing, '*' for all of it, null where that is not known or it is no such middleware. */
  readonly takenOff?: readonly (string | null)[]
  /** Fastify: the package whose plugin made this route: static files, pages of documentation. */
  readonly broughtBy?: string
  /** Calls inside the project that led here, outermost first. */
  readonly stack: readonly Location[]
}

export interface App {
  readonly scope: Scope
  readonly framework: Framework
  readonly at: Location
  readonly name: string
  /** The entry module that boots it. */
  readonly entry: string
  /** `listen` calls and server creations that received it. Empty for serverless adapters and exported applications. */
  readonly listeners: readonly CallRecord[]
  readonly kind: 'server' | 'serverless' | 'exported'
}

/** One link of the chain in front of a route. */
export interface ChainLink {
  readonly value: Value
  readonly at: Location
  readonly entry: Entry
  /** True when it runs only for part of the requests or under a condition that is not known. */
  readonly isConditional: boolean
}

/** A route with all that runs in front of it, in order, from the application down. The handlers of the route itself stand at the end of the chain. */
export interface Route {
  readonly app: App
  readonly method: string
  /** Full path with prefixes; `:name` parameters as written; '*' for an unknown part. */
  readonly path: string
  readonly at: Location
  readonly entry: Entry
  /** The mounts that lead to it, outermost first. */
  readonly mounts: readonly Entry[]
  readonly chain: readonly ChainLink[]
  /** The last handler. */
  readonly handler: Value | null
  /** True when nothing in the way was left unresolved. */
  readonly isComplete: boolean
  readonly gaps: readonly Gap[]
}

/** From a place into a function of the project that is async, or awaited there, and whose run its callers share; from within `try` into any. */
export interface Crossing {
  readonly at: Location
  readonly to: FunctionPlace
}

/** A call of a project function whose run its callers share, with what this caller gives it. */
export interface Delivery {
  readonly at: Location
  readonly callee: FunctionValue
  readonly args: readonly Value[]
  /** Conditions of the caller, which records of the shared run know nothing of. */
  readonly guards: readonly Guard[]
}

/** What a function does when it is run with symbolic arguments. */
export interface Summary {
  readonly fn: FunctionValue
  readonly calls: readonly CallRecord[]
  /** Where records of a call begin at the function that it entered, and not at the call. */
  readonly crossings?: readonly Crossing[]
  /** What it gives to functions whose records know of it as their parameter alone. */
  readonly deliveries?: readonly Delivery[]
  readonly returns: readonly { readonly value: Value; readonly guards: readonly Guard[]; readonly at: Location }[]
  readonly throws: readonly {
    readonly value: Value
    readonly guards: readonly Guard[]
    readonly at: Location
    readonly isCaught: boolean
  }[]
  /** Writes to variables and objects that live longer than the call. */
  readonly writes: readonly { readonly target: string; readonly value: Value; readonly at: Location }[]
  /** The parameters it ran with. */
  readonly parameters: readonly Value[]
  readonly isExhausted: boolean
  /** Whoever calls it takes what it throws, and what its promise is rejected with. */
  readonly isCaught?: true
  /** Fastify's hooks pass the request on when they end, unless they answered. */
  readonly passesOn?: boolean
}

/** A package.json of the project. */
export interface PackageFacts {
  /** Folder, '' for the root. */
  readonly folder: string
  readonly name: string | null
  readonly version: string | null
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
  readonly scripts: Readonly<Record<string, string>>
  readonly main: string | null
  readonly bin: readonly string[]
  readonly isModule: boolean
  /** True where package.json says `private`: it is never published. */
  readonly isPrivate?: boolean
  /** Exact versions from a lockfile where there is one. */
  readonly locked: Readonly<Record<string, string>>
  /** True where one holds for the package, whatever can be read of it. */
  readonly hasLockfile?: boolean
  /** `imports` and `exports` as written; absent where package.json has none. */
  readonly imports?: Readonly<Record<string, PackageTarget>>
  readonly exports?: PackageTarget
  /** `_moduleAliases` of the module-alias package, relative to the folder. */
  readonly moduleAliases?: Readonly<Record<string, string>>
  /** Globs of member folders, of package.json or pnpm-workspace.yaml. */
  readonly workspaces?: readonly string[]
  /** Folder of compiled commands, where package.json configures an oclif command line. */
  readonly oclifCommands?: string
}

/** A target of `imports` or `exports`: a path, conditions in order, alternatives, or null for "not there". */
export type PackageTarget = string | null | readonly PackageTarget[] | { readonly [condition: string]: PackageTarget }

export interface ProjectModel {
  readonly apps: readonly App[]
  readonly scopes: readonly Scope[]
  /** In the order of execution. Several records at one place are several contexts. */
  readonly calls: readonly CallRecord[]
  /** Calls of project functions that hand a parameter to something that may write it; callee is the function. Several contexts of one place stay several. */
  readonly handovers: readonly CallRecord[]
  /** Where functions of the project were entered within `try`, and those that are async, or awaited, whose runs are shared. One place may stand there several times. */
  readonly crossings: readonly Crossing[]
  /** `calls` and `bindings` in pieces. A piece that an edit leaves as it is stays the same array: see perPart.ts. */
  readonly parts: {
    readonly calls: readonly (readonly CallRecord[])[]
    readonly bindings: readonly (readonly NamedValue[])[]
  }
  /** What an edit changed since the model before it, for answers that are remembered: see recorded.ts. */
  readonly edit: Edit
  readonly routes: readonly Route[]
  readonly files: ReadonlyMap<string, FileFacts>
  readonly deployment: readonly DeploymentFacts[]
  readonly packages: readonly PackageFacts[]
  /** Import closure of entries that make an application. */
  readonly serverFiles: ReadonlySet<string>
  /** Every file that is not test, fixture, example, script, migration or generated code. */
  readonly productionFiles: ReadonlySet<string>
  readonly settings: ModelSettings
  /** Object literals and declarations met during the boot, for rules about configuration by name. */
  readonly objects: readonly Value[]
  /** Named values: declarations, properties and assignments, once per place. `isOff` where production does not come by. */
  readonly bindings: readonly NamedValue[]
  /** Summaries by function, for handlers and middleware. Runs the function once, with symbolic request, response, next (and error). */
  summaryOf(fn: FunctionValue): Summary
  /** `loads`: the files that its start loads. */
  readonly entries: readonly { readonly file: string; readonly why: string; readonly loads?: readonly string[] }[]
  readonly unreached: readonly { readonly at: Location; readonly why: string }[]
  readonly seen: Seen
}

export interface Edit {
  /** Stands for one state of the project. */
  readonly version: object
  /** The state before. null after a boot, which makes everything anew, and where a function has another name or other parameters. */
  readonly before: object | null
  /** Functions that do something else than before. */
  readonly changed: ReadonlySet<FunctionValue>
}

export interface NamedValue {
  readonly name: string
  readonly value: Value
  readonly at: Location
  readonly isOff: boolean
}

export interface ModelSettings {
  /** Assumed environment, NODE_ENV=production unless configured. */
  readonly environment: Readonly<Record<string, string>>
  /** Own middleware declared in configuration: module or function name → capabilities. */
  readonly middleware: Readonly<Record<string, readonly Capability[]>>
  /** What the gateway in front does. */
  readonly gateway: readonly Capability[]
  /** Names of ignored files that exist (`.env`). */
  readonly ignoredFiles: readonly string[]
}

export interface Seen {
  readonly applications: number
  readonly files: number
  readonly registrations: number
  readonly reachedRegistrations: number
  readonly scopes: number
  readonly incompleteScopes: number
  readonly routes: number
  readonly exhaustedBudgets: number
  /** The files of these, each once and sorted. */
  readonly exhaustedFiles: readonly string[]
  /** Frameworks in package.json for which no application was found. */
  readonly missingFrameworks: readonly string[]
  /** Frameworks in package.json that Parapet does not know. */
  readonly unknownFrameworks: readonly string[]
  readonly steps: number
}

export type { CallRecord, FunctionValue, Guard, Value }
