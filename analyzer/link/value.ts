// What an expression may be at run time, as far as the boot can tell.
import type { ClassFacts, FunctionFacts, SourceFacts, TypeFacts } from '../extract/facts.js'
import type { Location } from '../text/location.js'
import type { Environment } from './environment.js'
import type { Scope } from '../model/model.js'

/**
 * A symbolic value. `at` is where it was written or made; a value that passed through variables, modules and calls keeps it.
 * Values are compared by identity; the boot alone may change the contents of objects, arrays, instances and promises.
 */
export type Value =
  | LiteralValue
  | RegexValue
  | TemplateValue
  | ObjectValue
  | ArrayValue
  | FunctionValue
  | ClassValue
  | PackageValue
  | GlobalValue
  | EnvironmentVariable
  | ParameterValue
  | MemberValue
  | ResultValue
  | OperationValue
  | ChoiceValue
  | ScopeValue
  | PromiseValue
  | TypedValue
  | UnknownValue

export interface LiteralValue {
  readonly kind: 'literal'
  readonly at: Location
  readonly value: string | number | boolean | bigint | null | undefined
}
export interface RegexValue {
  readonly kind: 'regex'
  readonly at: Location
  readonly pattern: string
  readonly flags: string
}
/** A template or a concatenation with a part that is not known. */
export interface TemplateValue {
  readonly kind: 'template'
  readonly at: Location
  readonly parts: readonly Value[]
}

/** An object literal, a class instance, a module namespace, `exports`, a Map or a Set. Its identity is its allocation. */
export interface ObjectValue {
  readonly kind: 'object'
  readonly at: Location
  readonly properties: Map<string, Value>
  /** Where each property was last written (key and value), for rules that point at an option. */
  readonly writtenAt: Map<string, Location>
  /** True when it may have properties that are not listed (a spread of something unknown, a computed key). */
  isOpen: boolean
  /** The class for instances. */
  readonly instanceOf: ClassValue | null
  /** For instances of a class that extends something outside the project (`class Server extends EventEmitter`). */
  external: Value | null
  /** Elements of a Map or Set live in `properties` under their key where it is known. */
  readonly role: 'plain' | 'instance' | 'namespace' | 'exports' | 'map' | 'set'
  /** Of a Set. */
  mayLack?: Lacking
}
/** Elements that are there only under a condition that is not known (`names.filter((name) => !process.env[name])`), so the length is not known either; `any` where it is not known which. */
export type Lacking = 'any' | ReadonlySet<Value>
export interface ArrayValue {
  readonly kind: 'array'
  readonly at: Location
  readonly elements: Value[]
  isOpen: boolean
  mayLack?: Lacking
}

export interface FunctionValue {
  readonly kind: 'function'
  readonly at: Location
  readonly source: SourceFacts
  readonly facts: FunctionFacts
  readonly environment: Environment
  /** `this` where it is fixed: arrows, bound functions, methods taken from an instance. */
  readonly self: Value | null
  /** Arguments fixed by `.bind`. */
  readonly bound: readonly Value[]
  /** The class it is a method of, for `super` and for names. */
  readonly owner: ClassValue | null
  /** Properties put on the function (`handler.schema = …`). */
  readonly properties: Map<string, Value>
}

export interface ClassValue {
  readonly kind: 'class'
  readonly at: Location
  readonly source: SourceFacts
  readonly facts: ClassFacts
  readonly environment: Environment
  readonly superClass: Value | null
  /** Static members. */
  readonly properties: Map<string, Value>
}

/** Something that a package outside the project exports: `require('helmet')` is path [], `import { Router } from 'express'` is ['Router'], a default import is ['default']. Node's own modules too, without the `node:` prefix. */
export interface PackageValue {
  readonly kind: 'package'
  readonly at: Location
  readonly package: string
  readonly path: readonly string[]
}
/** A global of the runtime: `console`, `Math`, `process`… */
export interface GlobalValue {
  readonly kind: 'global'
  readonly at: Location
  readonly name: string
}
/** `process.env.NAME`, or its counterpart through a configuration service. `all` (name '*') is the whole environment. */
export interface EnvironmentVariable {
  readonly kind: 'environment'
  readonly at: Location
  readonly name: string
}

/** A parameter whose argument is not known. */
export interface ParameterValue {
  readonly kind: 'parameter'
  readonly at: Location
  readonly name: string
  readonly index: number
  /** What the framework passes here, where that is known. `error` also for catch clauses, rejected promises, error-first callbacks and error listeners. */
  readonly role: 'request' | 'response' | 'next' | 'error' | 'socket' | 'unknown'
  readonly type: TypeFacts | null
  /** The function that declares it. */
  readonly fn: Location
}

/** A property of something opaque: `req.body`, `err.message`, `helmet.contentSecurityPolicy`. An unknown key has the name '*'. */
export interface MemberValue {
  readonly kind: 'member'
  readonly at: Location
  readonly object: Value
  readonly name: string
  /** What says which letter of a known text is meant, where that is not known: `letters[Math.floor(x)]`. */
  readonly key?: Value
}

/** What a call outside the project returned. `isNew` for constructors. The call itself is in `call`. */
export interface ResultValue {
  readonly kind: 'result'
  readonly at: Location
  readonly call: CallRecord
  /** `process.env.X?.split(',')`: there is no result where nobody sets the variable. */
  readonly mayBeAbsent?: true
}

/** An operator on something unknown: `===`, `!`, `+`, `typeof`, `instanceof`, `in`… */
export interface OperationValue {
  readonly kind: 'operation'
  readonly at: Location
  readonly operator: string
  readonly operands: readonly Value[]
}

/**
 * One of several values. For `a || b`, `a ?? b` the options are [a, b]; for `a ? b : c` and joined paths `test` says what decides.
 * `conditions` has an element for each option where something is known of the paths that lead to it: all of them hold when the option is the value.
 */
export interface ChoiceValue {
  readonly kind: 'choice'
  readonly at: Location
  readonly operator: '||' | '??' | '&&' | '?:' | 'join'
  readonly options: readonly Value[]
  readonly test: Value | null
  readonly conditions?: readonly (readonly PathCondition[])[]
}

/** What was tested on the way, and with which outcome. */
export interface PathCondition {
  readonly value: Value
  readonly holds: boolean
}

/** An application, a router, or another thing that layers and routes are registered on. */
export interface ScopeValue {
  readonly kind: 'scope'
  readonly at: Location
  readonly scope: Scope
  readonly properties: Map<string, Value>
}

/** `result` is null while the rest of an async function has not run. */
export interface PromiseValue {
  readonly kind: 'promise'
  readonly at: Location
  result: Value | null
}

/** All that is known is the declared type, as with injected services. */
export interface TypedValue {
  readonly kind: 'typed'
  readonly at: Location
  readonly type: TypeFacts
}
export interface UnknownValue {
  readonly kind: 'unknown'
  readonly at: Location
  readonly why: string
}

/**
 * A condition under which something runs. `value` is what was tested; `holds` is the outcome that leads here.
 * `off` marks paths that production does not take because NODE_ENV decides (they are read all the same, so that rules can say "only in development").
 */
export interface Guard {
  readonly at: Location
  readonly value: Value
  readonly holds: boolean
  readonly kind: 'condition' | 'off' | 'catch' | 'loop' | 'early-exit'
}

/** A call that the boot met and did not replace by the body of a project function; or a write to a property of something opaque (`res.statusCode = 500`, callee is the member and `isWrite`). */
export interface CallRecord {
  readonly at: Location
  /** `console.log` is a member of a global, `jwt.sign` a package path, `res.status(500).json` a member of a result. */
  readonly callee: Value
  /** The receiver of a method call. */
  readonly receiver: Value | null
  readonly args: readonly Value[]
  /** Where each argument stands. */
  readonly argsAt: readonly Location[]
  readonly isNew: boolean
  readonly isWrite: boolean
  /** Conditions inside the function being summarised, outermost first. */
  readonly guards: readonly Guard[]
  /** Calls inside the project that led here, outermost first. */
  readonly stack: readonly Location[]
  /** `boot`: at start; `handler`: while a request is served; `callback`: from an event or a timer; `unreached`: no entry leads here. */
  readonly phase: 'boot' | 'handler' | 'callback' | 'unreached'
  /** True where a guard is off in production. */
  readonly isOff: boolean
  /** True inside a `try` that has a handler, or behind `.catch`. */
  readonly isCaught: boolean
  readonly isAwaited: boolean
  /** Number in order of execution. */
  readonly order: number
  /** Position of the first of `args` among the arguments as written, where that is not 0: `register(plugin, options)` hands its options on. */
  readonly argumentsFrom?: number
}
