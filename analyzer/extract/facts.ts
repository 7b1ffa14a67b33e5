// The facts of one file: a small statement language per function, from which everything else is computed.

/**
 * Bump whenever the shape or the meaning of facts changes: it is part of the cache key.
 */
export const EXTRACTOR_VERSION = 8

/**
 * Numbers a node within its function, from 0 in source order.
 * Tuples hold node numbers and no offsets, so that a function's facts stay equal when text moves around it;
 * `FunctionFacts.spans` turns a number into offsets.
 */
export type NodeId = number

/**
 * Names a function within its file by its place in the nesting: `''` is the module itself, `'2'` its third function,
 * `'2.0'` the first function inside that one. Field initialisers of classes belong to the function around the class; methods and static blocks
 * are functions of their own.
 */
export type FunctionId = string

/** Names a class within its file in the same way: `'0'`, or `'2/0'` for the first class inside function `'2'`. */
export type ClassId = string

export type Literal = string | number | boolean | null

export type Expression =
  | readonly ['literal', NodeId, Literal]
  /** `undefined` written as a name; every other name is `name`. */
  | readonly ['undefined', NodeId]
  | readonly ['bigint', NodeId, string]
  | readonly ['regex', NodeId, pattern: string, flags: string]
  /** `strings` has one element more than `values`. Cooked text. */
  | readonly ['template', NodeId, strings: readonly string[], values: readonly Expression[]]
  | readonly ['tagged', NodeId, tag: Expression, strings: readonly string[], values: readonly Expression[]]
  | readonly ['name', NodeId, string]
  | readonly ['this', NodeId]
  | readonly ['super', NodeId]
  /** `a.b`, `a?.b`, `a.#b` (property `#b`), also `a['b']` with a literal string. `property` node is the span of the name alone. `isOptional` stands for `?.`. */
  | readonly ['member', NodeId, object: Expression, property: string, propertyNode: NodeId, isOptional?: true]
  | readonly ['index', NodeId, object: Expression, index: Expression]
  | readonly ['call', NodeId, callee: Expression, args: readonly Expression[]]
  | readonly ['new', NodeId, callee: Expression, args: readonly Expression[]]
  | readonly ['spread', NodeId, Expression]
  /** A hole is null. */
  | readonly ['array', NodeId, readonly (Expression | null)[]]
  | readonly ['object', NodeId, readonly PropertyFacts[]]
  | readonly ['function', NodeId, FunctionId]
  | readonly ['class', NodeId, ClassId]
  /** `=`, `+=`, `||=`, `??=`, …; target is a name, a member, an index or a destructuring pattern. */
  | readonly ['assign', NodeId, operator: string, target: Pattern, value: Expression]
  /** `++` and `--`. */
  | readonly ['update', NodeId, operator: string, target: Expression]
  /** `!`, `-`, `+`, `~`, `typeof`, `void`, `delete`. */
  | readonly ['unary', NodeId, operator: string, Expression]
  | readonly ['binary', NodeId, operator: string, left: Expression, right: Expression]
  | readonly ['logical', NodeId, operator: '&&' | '||' | '??', left: Expression, right: Expression]
  | readonly ['conditional', NodeId, test: Expression, then: Expression, otherwise: Expression]
  | readonly ['await', NodeId, Expression]
  /** `yield* x` holds a spread. */
  | readonly ['yield', NodeId, Expression | null]
  | readonly ['sequence', NodeId, readonly Expression[]]
  /** `import(specifier)`. */
  | readonly ['import', NodeId, specifier: Expression]
  | readonly ['meta', NodeId]
  /** Syntax that the boot need not understand (JSX and the like), with the expressions inside it. */
  | readonly ['opaque', NodeId, readonly Expression[]]

export type PropertyFacts =
  /** `key` is the name when it is known in the text, else an expression. Methods, getters and setters hold a function expression. */
  | {
      readonly kind: 'property' | 'getter' | 'setter'
      readonly node: NodeId
      readonly key: string | Expression
      readonly keyNode: NodeId
      readonly value: Expression
    }
  | { readonly kind: 'spread'; readonly node: NodeId; readonly value: Expression }

export type Pattern =
  | readonly ['name', NodeId, string]
  | readonly ['member', NodeId, object: Expression, property: string, propertyNode: NodeId, isOptional?: true]
  | readonly ['index', NodeId, object: Expression, index: Expression]
  | readonly ['objectPattern', NodeId, readonly { readonly key: string | Expression; readonly value: Pattern }[], rest: Pattern | null]
  | readonly ['arrayPattern', NodeId, readonly (Pattern | null)[]]
  | readonly ['default', NodeId, Pattern, Expression]
  | readonly ['rest', NodeId, Pattern]

export type Statement =
  | readonly ['expression', NodeId, Expression]
  /** One declarator. `value` is null for `let x`. Declarations of `export default <expression>` have the name `*default*`. */
  | readonly ['declare', NodeId, kind: 'const' | 'let' | 'var' | 'using', Pattern, value: Expression | null]
  /** Hoisted. Named by `FunctionFacts.name`. */
  | readonly ['functionDeclaration', NodeId, FunctionId]
  | readonly ['classDeclaration', NodeId, ClassId]
  | readonly ['if', NodeId, test: Expression, then: readonly Statement[], otherwise: readonly Statement[]]
  | readonly ['forOf', NodeId, binding: Pattern, iterable: Expression, body: readonly Statement[], isAwait: boolean]
  | readonly ['forIn', NodeId, binding: Pattern, object: Expression, body: readonly Statement[]]
  | readonly ['for', NodeId, init: readonly Statement[], test: Expression | null, update: Expression | null, body: readonly Statement[]]
  | readonly ['while', NodeId, test: Expression, body: readonly Statement[]]
  | readonly ['doWhile', NodeId, test: Expression, body: readonly Statement[]]
  | readonly [
      'try',
      NodeId,
      block: readonly Statement[],
      handler: { readonly parameter: Pattern | null; readonly body: readonly Statement[] } | null,
      finalizer: readonly Statement[] | null,
    ]
  /** A test of null is `default`. */
  | readonly [
      'switch',
      NodeId,
      discriminant: Expression,
      cases: readonly { readonly test: Expression | null; readonly body: readonly Statement[] }[],
    ]
  | readonly ['return', NodeId, Expression | null]
  | readonly ['throw', NodeId, Expression]
  | readonly ['break', NodeId, label: string | null]
  | readonly ['continue', NodeId, label: string | null]
  | readonly ['block', NodeId, readonly Statement[]]
  | readonly ['labeled', NodeId, label: string, readonly Statement[]]
  /** Evaluates the module `specifier` at this place (every static import, hoisted to the front, and `import x = require()`). */
  | readonly ['importModule', NodeId, specifier: string]
  /** `export = value` */
  | readonly ['exportAssignment', NodeId, Expression]

/** A type as written, reduced to names: `Promise<Request[]>` is `{ name: 'Promise', args: [{ name: 'Array', args: [{ name: 'Request' }] }] }`. Unions have the name `|`, intersections `&`, literals `"text"`, anything else `?`. Qualified names keep their dots. */
export interface TypeFacts {
  readonly name: string
  readonly args: readonly TypeFacts[]
}

export interface DecoratorFacts {
  readonly node: NodeId
  /** The expression behind `@`, a call or a name. */
  readonly expression: Expression
}

export interface ParameterFacts {
  readonly node: NodeId
  /** Includes `default` and `rest` patterns. */
  readonly pattern: Pattern
  readonly type: TypeFacts | null
  readonly decorators: readonly DecoratorFacts[]
  /** `constructor(private x: X)` also assigns `this.x`. */
  readonly isProperty: boolean
}

export interface FunctionFacts {
  readonly id: FunctionId
  /** Declared or inferred name (`const f = () => …`, `{ f() {} }`), else ''. */
  readonly name: string
  readonly kind: 'module' | 'function' | 'arrow' | 'method' | 'getter' | 'setter' | 'constructor'
  /** `const run = function next() {}`: within it the name is the function. */
  readonly isSelfNamed?: true
  readonly isAsync: boolean
  readonly isGenerator: boolean
  readonly parameters: readonly ParameterFacts[]
  /** `Function.length`: parameters before the first default or rest one. */
  readonly arity: number
  readonly returnType: TypeFacts | null
  /** An arrow with an expression body has one `return`. */
  readonly body: readonly Statement[]
  /** True when `await` stands in the body outside nested functions. */
  readonly hasAwait: boolean
  /** Offsets in UTF-16 units: node n spans `spans[2n]` to `spans[2n + 1]`, end exclusive. Node 0 is the function itself. */
  readonly spans: readonly number[]
}

export interface ClassMemberFacts {
  readonly node: NodeId
  readonly kind: 'method' | 'field' | 'getter' | 'setter' | 'constructor' | 'staticBlock'
  readonly key: string | Expression
  readonly keyNode: NodeId
  readonly isStatic: boolean
  /** For methods, accessors and static blocks. */
  readonly function: FunctionId | null
  /** For fields. */
  readonly value: Expression | null
  readonly type: TypeFacts | null
  readonly decorators: readonly DecoratorFacts[]
}

export interface ClassFacts {
  readonly id: ClassId
  readonly name: string
  /** The function in which the class stands: its node numbers are that function's. */
  readonly owner: FunctionId
  readonly node: NodeId
  readonly superClass: Expression | null
  readonly implements: readonly TypeFacts[]
  readonly isAbstract: boolean
  readonly decorators: readonly DecoratorFacts[]
  readonly members: readonly ClassMemberFacts[]
}

/** A static import binding. `imported` is `default`, `*` or a name. Type-only imports have `isType`. */
export interface ImportFacts {
  readonly node: NodeId
  readonly specifier: string
  readonly imported: string
  readonly local: string
  readonly isType: boolean
}

export type ExportFacts =
  | { readonly kind: 'local'; readonly node: NodeId; readonly exported: string; readonly local: string }
  | { readonly kind: 'from'; readonly node: NodeId; readonly exported: string; readonly specifier: string; readonly imported: string }
  | { readonly kind: 'all'; readonly node: NodeId; readonly specifier: string }

/** A comment that speaks to Parapet: `parapet-ignore…`. `text` is the comment without its marks, trimmed. */
export interface DirectiveFacts {
  readonly node: NodeId
  readonly text: string
  /** 1-based line of the comment's first and last character. */
  readonly line: number
  readonly endLine: number
  /** True when code stands before the comment on its line. */
  readonly afterCode: boolean
}

export interface SourceFacts {
  readonly kind: 'source'
  /** Project-relative, '/'-separated. */
  readonly file: string
  /** Content hash. */
  readonly hash: string
  readonly language: 'js' | 'ts' | 'json'
  /** Of JSON: whether a text in it may be a secret by its shape. */
  readonly mayHoldSecrets?: boolean
  /** The module's own body is function `''`. */
  readonly functions: Readonly<Record<FunctionId, FunctionFacts>>
  readonly classes: Readonly<Record<ClassId, ClassFacts>>
  readonly imports: readonly ImportFacts[]
  /** Specifiers of the modules that it loads, where that is known without its code. */
  readonly loads?: readonly string[]
  readonly exports: readonly ExportFacts[]
  /** True when an import or export statement makes it an ES module by syntax. */
  readonly hasModuleSyntax: boolean
  readonly directives: readonly DirectiveFacts[]
  /** Offsets of line starts, the first is 0: turns an offset into line and column without the text. */
  readonly lineStarts: readonly number[]
  /** Length of the text in UTF-16 units. */
  readonly length: number
  /** True when the text begins with `#!`. */
  readonly hasShebang: boolean
}

/** One setting of a deployment file: `services.api.environment.JWT_SECRET` and its value. */
export interface DeploymentEntry {
  readonly node: NodeId
  readonly key: readonly string[]
  readonly value: string
}

/** A file that is not code: .env, Dockerfile, YAML, TOML, Procfile, nginx, shell, units of systemd, settings of npm, templates of pages. Node numbers index `spans`. */
export interface DeploymentFacts {
  readonly kind: 'deployment'
  readonly file: string
  readonly hash: string
  readonly format:
    'env' | 'dockerfile' | 'yaml' | 'toml' | 'procfile' | 'nginx' | 'shell' | 'systemd' | 'npmrc' | 'json' | 'ejs' | 'handlebars' | 'pug'
  /** Dockerfile: key is [stage index, INSTRUCTION], in order. Procfile: [process]. nginx: [directive], and ['}'] where a block ends. Shell, systemd: see shell.ts, systemd.ts. Templates: ['mention'] or ['asked'] with a path of names, ['include'] with a template. YAML with several documents starts each key with its number. */
  readonly entries: readonly DeploymentEntry[]
  readonly directives: readonly DirectiveFacts[]
  readonly spans: readonly number[]
  readonly lineStarts: readonly number[]
  readonly length: number
}

/** A file that did not parse, with the parser's first message. */
export interface UnparsedFacts {
  readonly kind: 'unparsed'
  readonly file: string
  readonly hash: string
  readonly message: string
  readonly line: number
  readonly column: number
}

export type FileFacts = SourceFacts | DeploymentFacts | UnparsedFacts
