// A fix: a title, a grade, and a thunk over an Editor that runs on demand.
import type { Scope } from '../model/model.js'
import type { Location } from '../text/location.js'

/** A replacement of the characters from `start` to `end` (UTF-16 offsets, end exclusive). */
export interface TextEdit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Edits by file. A file that does not exist yet is made with one insertion at 0. */
export type WorkspaceEdit = ReadonlyMap<string, readonly TextEdit[]>

export interface Fix {
  readonly title: string
  /** `safe`: behaviour stays but for the one intended effect, may run in bulk. `suggestion`: waits for a person. */
  readonly safety: 'safe' | 'suggestion'
  readonly edit: (editor: Editor) => void
}

/** The work that fixes ask for. It owns indentation, quotes, semicolons, line ends, module system and comments. Verbs throw `FixRefused` when they cannot do it; the fix is then not offered. */
export interface Editor {
  /** Makes `local` available in `file` as the export `imported` ('default', '*' or a name) of `specifier`, by require or import as the file does. Returns the local name that really holds it (an existing import is reused, a clash gets another name). */
  addImport(file: string, specifier: string, imported: string, local: string): string
  /** Adds `code` as a statement (or statements) directly after the statement that holds `at`. */
  insertAfter(at: Location, code: string): void
  /** Adds `code` before the statement that holds `at`; in what is not code, before its line and the comments that belong to it. */
  insertBefore(at: Location, code: string): void
  /** Adds statements at the end of the file. */
  append(file: string, code: string): void
  /** Makes a file with these statements, in the style of the file `like`; asked for twice, once. Refuses where another file of that name is there. */
  createFile(file: string, code: string, like: string): void
  /** Adds statements after the imports (or directives) at the top of the file. */
  insertAfterImports(file: string, code: string): void
  replace(at: Location, code: string): void
  /** Removes the statement that holds `at`, with its own line. */
  removeStatement(at: Location): void
  /** Moves the statement that holds `at` in front of the one that holds `to`, with the comments that speak of it and the conditions around it that guard nothing else; `lead` comes in front of `at`. */
  moveBefore(at: Location, to: Location, lead?: string): void
  /** Holds the expression in `const name`, with the statements `code` behind it; what returned, exported or answered with the expression does so with the constant. */
  holdAs(at: Location, name: string, code: string): void
  /** Sets or adds `key: code` in the object literal at `at`; where `at` is a call, in its argument number `argument` (default 0), which is added when missing. */
  setProperty(at: Location, key: string, code: string, argument?: number): void
  /** Removes the property from the object literal at `at`, with its comma. */
  removeProperty(at: Location, key: string): void
  /** The same for options of a call: those that lose their last one are no longer given. */
  removeOption(at: Location, key: string): void
  /** Removes the element from the array literal that holds it, with its comma. */
  removeElement(at: Location): void
  /** Replaces or adds argument `index` of the call at `at`. */
  setArgument(at: Location, index: number, code: string): void
  /** Inserts an argument before number `index`. */
  insertArgument(at: Location, index: number, code: string): void
  /** Wraps the expression: `before` + text + `after`. */
  wrap(at: Location, before: string, after: string): void
  /** The source text at `at`. */
  text(at: Location): string
  /** The call at `at`, to be written in `file`, with other values for some of its options: what it names is imported there. Refuses where it names what only its own function knows. */
  borrow(at: Location, file: string, options: Readonly<Record<string, string>>): string
  /** The name by which the scope is known at the statement where it was made (`app`, `this.app`). null when it has none there. */
  nameOf(scope: Scope): string | null
  /** Adds `use` of `code` (Fastify: `register`) to the scope so that it runs before everything else on it: after the statement that makes the scope. */
  addMiddleware(scope: Scope, code: string): void
  /** Adds name@range to the dependencies of the nearest package.json of `file`, unless it is there. */
  addDependency(file: string, name: string, range: string, kind?: 'dependencies' | 'devDependencies'): void
  /** Adds `NAME=` with a comment to `.env.example` beside the nearest package.json where such a file exists. */
  addEnvironmentExample(file: string, name: string, comment: string): void
  isTypeScript(file: string): boolean
  isModule(file: string): boolean
  /** `wanted`, or a name made from it when the file uses `wanted` already: for constants that a fix declares. */
  freeName(file: string, wanted: string): string
}

/** Thrown by an Editor that cannot carry out a verb. */
export class FixRefused extends Error {}

export function safeFix(title: string, edit: (editor: Editor) => void): Fix {
  return { title, safety: 'safe', edit }
}

export function suggestion(title: string, edit: (editor: Editor) => void): Fix {
  return { title, safety: 'suggestion', edit }
}
