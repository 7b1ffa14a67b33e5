// Patterns of paths as the versions of Nest read them (domain fact K32): Nest 10 hands them to Express 4 or to path-to-regexp 3, later ones to path-to-regexp 8.
import type { NestApplication } from './nestState.js'
import { matchesPieces, type Piece } from './pathPieces.js'

/** Who reads a pattern: of Nest 10 Express, Fastify and what is excluded, of later versions all of them. */
export type PatternSyntax = 'express4' | 'fastify4' | 'regexp3' | 'regexp8'

/** Who reads the paths that middleware is applied to. */
export function appliedSyntax({ major, platform }: Pick<NestApplication, 'major' | 'platform'>): PatternSyntax {
  if (major > 10) return 'regexp8'
  return platform === 'fastify' ? 'fastify4' : 'express4'
}

/** Who reads the paths that are excluded from middleware, or from the global prefix. */
export function excludedSyntax({ major }: Pick<NestApplication, 'major'>): PatternSyntax {
  return major > 10 ? 'regexp8' : 'regexp3'
}

/** Whether a pattern matches a path as it is declared. A pattern at which the start fails matches nothing. */
export function matchesPattern(pattern: string, syntax: PatternSyntax, path: string, reach: 'exact' | 'prefix'): boolean {
  const whole = pattern.startsWith('/') ? pattern : `/${pattern}`
  if (whole === '/' && reach === 'prefix') return true
  const pieces = piecesOf(whole, syntax)
  return pieces !== null && matchesPieces(pieces, path, reach)
}

/** What Express takes off a path that matches a pattern which middleware is mounted on: '*' for all of it, '' for nothing; null where that is not known. */
export function takenBy(pattern: string, syntax: PatternSyntax, path: string): string | null {
  if (/^\/?$/.test(pattern)) return ''
  if (isStar(pattern) || matchesPattern(pattern, syntax, path, 'exact')) return '*'
  return /^[\w/.~@-]+$/.test(pattern) ? `/${pattern.replaceAll(/^\/|\/$/g, '')}` : null
}

/** What every version takes for all paths. */
export function isStar(pattern: string): boolean {
  return ['*', '/*', '/*/', '(.*)', '/(.*)'].includes(pattern)
}

/** Patterns that Nest itself takes for all paths: under a global prefix they match the bare prefix as well. */
export function isWildcard(pattern: string, syntax: PatternSyntax): boolean {
  if (isStar(pattern)) return true
  return syntax === 'regexp8' && /^\/?(?:\{.*\}|\*)/.test(pattern)
}

/** Whether a pattern matches every path. */
export function matchesEverything(pattern: string, syntax: PatternSyntax, reach: 'exact' | 'prefix'): boolean {
  return ['/', '/a', '/a/b', '/a/:b/c'].every((path) => matchesPattern(pattern, syntax, path, reach))
}

function piecesOf(pattern: string, syntax: PatternSyntax): readonly Piece[] | null {
  // What is excluded in Nest 10 is compared with its slash at the end.
  const text = syntax === 'regexp3' ? pattern : pattern.replace(/(?<=.)\/$/, '')
  if (syntax === 'regexp8') return readCurrent(withNames(text))
  return readEarlier(syntax === 'fastify4' ? text.replace(/\/\*$/, '/(.*)') : text, syntax)
}

/** What Nest 11 and 12 make of patterns of earlier versions. */
function withNames(pattern: string): string {
  const closed = pattern.endsWith('/') ? pattern : `${pattern}/`
  if (closed.endsWith('/(.*)/')) return pattern.replace('(.*)', '{*path}')
  if (closed.endsWith('/*/')) return pattern.replace('*', '{*path}')
  if (closed.endsWith('/+/')) return pattern.replace('/+', '/*path')
  return pattern.replaceAll(/\/\*(?=\/)/g, '/*path')
}

const CURRENT = /^(?:\\(?<escaped>[\s\S])|:(?<name>[\w$]+|"[^"]*")|\*(?<rest>[\w$]+|"[^"]*")|(?<brace>[{}])|(?<text>[^\\:*{}?+!()[\]]+))/

function readCurrent(pattern: string): readonly Piece[] | null {
  const stack: Piece[][] = [[]]
  for (let rest = pattern; rest !== '';) {
    const found = CURRENT.exec(rest)
    if (found?.groups === undefined) return null
    const { escaped, name, rest: all, brace, text } = found.groups
    if (brace === '{') stack.push([])
    else if (brace === '}') {
      const pieces = stack.pop()
      if (pieces === undefined || stack.length === 0) return null
      stack.at(-1)?.push({ kind: 'group', pieces, least: 0, isRepeated: false })
    } else if (name !== undefined) stack.at(-1)?.push({ kind: 'segment' })
    else if (all !== undefined) stack.at(-1)?.push({ kind: 'rest', least: 1 })
    else stack.at(-1)?.push({ kind: 'text', text: escaped ?? text ?? '' })
    rest = rest.slice(found[0].length)
  }
  return stack.length === 1 ? (stack[0] ?? null) : null
}

const EARLIER =
  /^(?:\\(?<escaped>[\s\S])|(?<slash>\/)?(?::(?<name>\w+)(?<own>\([^)]*\))?|(?<group>\((?:[^()]|\([^()]*\))*\)))(?<more>[?*+])?)/

function readEarlier(pattern: string, syntax: PatternSyntax): readonly Piece[] | null {
  const pieces: Piece[] = []
  for (let rest = pattern; rest !== '';) {
    const found = EARLIER.exec(rest)
    if (found?.groups === undefined) {
      const [letter = ''] = rest
      rest = rest.slice(1)
      // Express 4 reads a star as anything and a question mark behind a letter as perhaps; the others take both as they are.
      if (syntax === 'express4' && letter === '*') pieces.push({ kind: 'rest', least: 0 })
      else if (syntax === 'express4' && rest.startsWith('?') && letter !== '/') {
        pieces.push({ kind: 'group', pieces: [{ kind: 'text', text: letter }], least: 0, isRepeated: false })
        rest = rest.slice(1)
      } else pieces.push({ kind: 'text', text: letter })
      continue
    }
    const { escaped, slash = '', own, group, more } = found.groups
    if (escaped !== undefined) pieces.push({ kind: 'text', text: escaped })
    else {
      const one = pieceOf(own ?? group, syntax)
      const whole: readonly Piece[] = slash === '' ? [one] : [{ kind: 'text', text: slash }, one]
      if (more === undefined) pieces.push(...whole)
      else pieces.push({ kind: 'group', pieces: whole, least: more === '+' ? 1 : 0, isRepeated: more !== '?' })
    }
    rest = rest.slice(found[0].length)
  }
  return pieces
}

/** Express 4 escapes the dot of `(.*)`, which then matches nothing but dots. */
function pieceOf(expression: string | undefined, syntax: PatternSyntax): Piece {
  if (expression === undefined) return { kind: 'segment' }
  if (expression !== '(.*)') return { kind: 'narrow' }
  return syntax === 'express4' ? { kind: 'text', text: '.' } : { kind: 'rest', least: 0 }
}
