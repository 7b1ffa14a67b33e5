// The arguments of console, written as a logger wants them.
import type { Value } from '../../link/value.js'
import type { LoggerKind } from './projectLoggers.js'
import { stringOf } from '../values.js'

export interface Argument {
  readonly code: string
  /** The code without what must not be in a log. */
  readonly spared: string
  readonly value: Value
}

/**
 * The arguments for one call of a logger. null where they cannot be said without loss.
 * pino drops what follows a message (domain fact E4), winston merges an error into it (E9), so both get values as properties.
 */
export function argumentsFor(kind: LoggerKind, args: readonly Argument[]): string | null {
  const [first, ...rest] = args
  if (first === undefined || args.some(({ code }) => code.startsWith('...'))) return null
  if (kind === 'console' || kind === 'own') return args.map(({ spared }) => spared).join(', ')
  if (kind === 'nest') return forNest(first, rest)
  if (isText(first)) {
    const isFormat = /%[sdifjoOc]/.test(stringOf(first.value) ?? '')
    if (isFormat) return kind === 'pino' && !/%c/.test(first.code) ? args.map(({ spared }) => spared).join(', ') : null
    return withMessage(kind, first.spared, rest)
  }
  const [second] = rest
  if (second !== undefined && isText(second) && rest.length === 1) return withMessage(kind, second.spared, [first])
  if (kind === 'pino') return rest.length === 0 && first.spared === first.code ? first.code : properties(args)
  if (rest.length === 0 && isErrorLike(first)) return `'Error:', ${first.spared}`
  return `'${args.map(({ code }) => nameFor(code)).join(', ')}', ${properties(args)}`
}

/** Nest takes a text at the end for the name of a context, so values become properties. */
function forNest(first: Argument, rest: readonly Argument[]): string {
  const [only] = rest
  if (only === undefined) return first.spared
  if (rest.length === 1 && isErrorLike(only) && isText(first)) return `${first.spared}, ${only.spared}`
  return isText(first) ? `${first.spared}, ${properties(rest)}` : properties([first, ...rest])
}

function withMessage(kind: 'pino' | 'winston', message: string, rest: readonly Argument[]): string {
  const [only] = rest
  if (only === undefined) return message
  if (rest.length === 1 && isErrorLike(only))
    return kind === 'pino' ? `${errorProperty(only.spared)}, ${message}` : `${message}, ${only.spared}`
  return kind === 'pino' ? `${properties(rest)}, ${message}` : `${message}, ${properties(rest)}`
}

/** `err` is the key that pino's serialiser knows. */
function errorProperty(code: string): string {
  return code === 'err' ? '{ err }' : `{ err: ${code} }`
}

function properties(args: readonly Argument[]): string {
  const taken = new Set<string>()
  const parts = args.map((argument) => {
    const wanted = isErrorLike(argument) ? 'err' : nameFor(argument.code)
    let name = wanted
    for (let number = 2; taken.has(name); number += 1) name = `${wanted}${number}`
    taken.add(name)
    return name === argument.spared ? name : `${name}: ${argument.spared}`
  })
  return `{ ${parts.join(', ')} }`
}

function nameFor(code: string): string {
  return /(?:^|[.?])([A-Za-z_$][\w$]*)$/.exec(/^[\w$.?\s]+$/.test(code) ? code : '')?.[1] ?? 'data'
}

function isText({ value }: Argument): boolean {
  return value.kind === 'template' || stringOf(value) !== null
}

function isErrorLike({ code, value }: Argument): boolean {
  return (value.kind === 'parameter' && value.role === 'error') || /^_?(e|err|error|ex|exception|reason)$/.test(code)
}
