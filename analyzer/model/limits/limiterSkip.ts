// Which requests a limiter leaves out by its `skip`.
import { firstTuple } from '../../extract/factTuples.js'
import type { Value } from '../../link/value.js'
import { comesAfter } from '../../text/location.js'
import { conductOf } from '../conduct.js'
import type { LimiterFault } from './limiterFaults.js'
import type { Limiter } from './limiters.js'
import type { ProjectModel } from '../model.js'
import { globalOf } from '../origins.js'
import { headerName, requestPart } from '../requests.js'
import { isTrue, property, propertyAt } from '../values.js'

/** Every request, or those with a header that any client can send. */
export function skipFault(model: ProjectModel, { options }: Limiter): LimiterFault | null {
  const option = ['skip', 'skipIf'].find((name) => property(options, name) !== null) ?? 'allowList'
  const skip = property(options, option)
  if (options === null || skip?.kind !== 'function') return null
  const at = propertyAt(options, option)
  if (option === 'skipIf' && skip.facts.isAsync)
    return {
      kind: 'never',
      at,
      cause: '`skipIf` is async, nothing waits for it, and every promise is true',
      remedy: 'let `skipIf` answer at once, or override `shouldSkip` of the guard, which is awaited',
      confidence: 'high',
      repair:
        comesAfter(skip.at, at) && !waits(skip.facts.body) && conductOf(model, skip).summary.returns.every(({ value }) => isThere(value))
          ? { how: 'settle', at }
          : null,
    }
  const { returns } = conductOf(model, skip).summary
  const remedy = `let \`${option}\` answer true only for requests that need no limit, or leave it out`
  const repair = { how: 'remove', option } as const
  if (returns.length > 0 && returns.every(({ value }) => isYes(value)) && returns.some(({ guards }) => guards.length === 0))
    return { kind: 'never', at, cause: `\`${option}\` answers true for every request`, remedy, confidence: 'high', repair }
  for (const { value } of returns) {
    const sent = sentBy(settled(value))
    if (sent !== null)
      return {
        kind: 'bypassed',
        at,
        cause: `\`${option}\` spares requests with ${sent}, which any client can send`,
        remedy: `let \`${option}\` look at what clients cannot choose, or compare with a secret`,
        confidence: 'medium',
        repair,
      }
  }
  return null
}

/** False for what may be another promise: without the word `async`, nothing would wait for that one either. */
function isThere(value: Value): boolean {
  const one = settled(value)
  return one.kind === 'choice' ? one.options.every(isThere) : one.kind === 'literal' || one.kind === 'operation'
}

/** Whether a function waits for something itself. */
function waits(code: unknown): boolean {
  return firstTuple(code, ([kind]) => kind === 'await') !== null
}

function isYes(value: Value): boolean {
  return isTrue(settled(value)) === 'yes'
}

function settled(value: Value): Value {
  return value.kind === 'promise' && value.result !== null ? value.result : value
}

/** What of a request alone decides: a header or a query that is there, or equals what everybody can read in the code. null for anything else. */
function sentBy(value: Value): string | null {
  const own = sentName(value)
  if (own !== null) return own
  if (value.kind === 'choice') return value.operator === '||' ? firstOf(value.options) : null
  if (value.kind === 'result') {
    const { callee, args } = value.call
    if (globalOf(callee) === 'Boolean') return firstOf(args)
    const isFound = callee.kind === 'member' && /^(?:includes|startsWith|endsWith)$/.test(callee.name) && args[0]?.kind === 'literal'
    return isFound ? sentName(callee.object) : null
  }
  if (value.kind !== 'operation') return null
  const [left, right] = value.operands
  if (left === undefined) return null
  if (value.operator === '!') return left.kind === 'operation' && left.operator === '!' ? firstOf(left.operands) : null
  if (value.operator === '||') return firstOf(value.operands)
  if (!/^===?$/.test(value.operator) || right === undefined) return null
  return right.kind === 'literal' ? sentName(left) : left.kind === 'literal' ? sentName(right) : null
}

function firstOf(values: readonly Value[]): string | null {
  for (const value of values) {
    const sent = sentBy(value)
    if (sent !== null) return sent
  }
  return null
}

/** Headers by which a proxy says who asks are left out: it may overwrite them. */
function sentName(value: Value): string | null {
  const part = requestPart(value)
  if (part === 'query' && value.kind === 'member') return `\`${value.name}\` in their query`
  if (part !== 'headers') return null
  const name = headerName(value)
  return name === null || /ip$|forwarded|^(?:x-real|cf-|fastly-|true-client|x-amz|x-goog|x-azure|host|authorization)/i.test(name)
    ? null
    : `the header \`${name}\``
}
