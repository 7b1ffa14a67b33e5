// What every parser takes and answers.
import type * as Tree from './tree.js'

/** A parsed file: the program and its comments, with UTF-16 offsets. */
export interface ParsedSource {
  readonly kind: 'parsed'
  readonly program: Tree.Program
  readonly comments: readonly SourceComment[]
}

export interface SourceComment {
  readonly start: number
  readonly end: number
}

/** Why a text is no program, and where. */
export interface BrokenSource {
  readonly kind: 'broken'
  readonly message: string
  readonly offset: number
}

/** Every parser takes a file name (its extension chooses the language) and a text, and answers with offsets in UTF-16 units. It never throws. */
export type Parser = (file: string, text: string) => ParsedSource | BrokenSource

/** JSX is no conflict in JavaScript, so every JavaScript file may hold it; in TypeScript it clashes with `<T>value`. */
export function languageOf(file: string): 'jsx' | 'ts' | 'tsx' | 'dts' {
  if (/\.d\.([^.]+\.)?[cm]?ts$/i.test(file)) return 'dts'
  if (/\.tsx$/i.test(file)) return 'tsx'
  return /\.[cm]?ts$/i.test(file) ? 'ts' : 'jsx'
}
