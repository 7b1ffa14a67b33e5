// Lines of plain text that a request can break in two.
import type { Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { comesAfter, locationKey } from '../../text/location.js'
import { isConverted } from '../input/conversions.js'
import { logCalls, type LogCall } from './logCalls.js'
import type { ProjectModel } from '../model.js'
import { globalOf, originOf } from '../origins.js'
import { nestWritesText } from './nestOutput.js'
import { isPiped } from './pipedValues.js'
import { isInLogger } from './ownLoggers.js'
import { requestPart } from '../requests.js'
import { valuesWithin } from '../search.js'
import { property } from '../values.js'
import { noteFunction } from '../tracked.js'

export interface InjectableLog {
  readonly log: LogCall
  /** The value, where it stands in the call; else the argument. */
  readonly at: Location
  readonly isExact: boolean
  /** `body`, `query`… */
  readonly part: string
}

/** Values of requests inside texts that a logger writes as they are, in order; one for each call. URLs and headers hold no line breaks. */
export function injectableLogs(model: ProjectModel): readonly InjectableLog[] {
  const found = new Map<string, InjectableLog>()
  for (const log of logCalls(model)) {
    // Most projects write JSON alone, and this is asked of every log call.
    if (!writesPlainText(model, log)) continue
    const { record } = log
    const key = locationKey(record.at)
    if (found.has(key) || isInLogger(model, record.at)) continue
    for (const [index, value] of record.args.entries()) {
      const leaf = value.kind === 'template' || (value.kind === 'operation' && value.operator === '+') ? rawPart(model, value, 0) : null
      if (leaf === null) continue
      const isInside = comesAfter(leaf.value.at, record.at)
      found.set(key, { log, part: leaf.part, at: isInside ? leaf.value.at : (record.argsAt[index] ?? record.at), isExact: isInside })
      break
    }
  }
  return [...found.values()]
}

/** pino, bunyan and winston's own format write JSON, in which a line break is two characters (domain facts E3, E4, E9). */
function writesPlainText(model: ProjectModel, { how, package: name, makers }: LogCall): boolean {
  if (how === 'console') return true
  if (how !== 'package') return false
  if (name === '@nestjs/common') return nestWritesText(model)
  if (name !== 'winston') return /^(log4js|loglevel|signale|consola|debug|npmlog|tracer|fancy-log)$/.test(name)
  return makers.some(({ args: [options = null] }) => [property(options, 'format'), ...transportFormats(options)].some(isPlainFormat))
}

/** A transport with a format of its own writes by that one. */
function transportFormats(options: Value | null): readonly (Value | null)[] {
  const transports = property(options, 'transports')
  const each = transports?.kind === 'array' ? transports.elements : transports === null ? [] : [transports]
  return each.map((one) => (one.kind === 'result' ? property(one.call.args[0] ?? null, 'format') : null))
}

/** True where the line is made by `printf` or `simple`, and nothing in it turns values into JSON. */
function isPlainFormat(format: Value | null): boolean {
  let isPlain = false
  for (const one of valuesWithin(format)) {
    const path = one.kind === 'result' ? (originOf(one.call.callee)?.path ?? []) : []
    if (/^(printf|simple|cli)$/.test(path.at(-1) ?? '')) isPlain = true
    if (one.kind === 'function') noteFunction(one)
    if (one.kind === 'function' && /stringify|replace/.test(JSON.stringify(one.facts.body))) return false
  }
  return isPlain
}

const raw = new Set(['body', 'query', 'params', 'cookies'])
const sameText = /^(trim|toString|toLowerCase|toUpperCase|concat|slice|substring|padStart|padEnd|at|join)$/

function rawPart(model: ProjectModel, value: Value, depth: number): { readonly value: Value; readonly part: string } | null {
  if (depth > 8) return null
  const first = (values: readonly Value[]): ReturnType<typeof rawPart> => {
    for (const one of values) {
      const part = rawPart(model, one, depth + 1)
      if (part !== null) return part
    }
    return null
  }
  switch (value.kind) {
    case 'template':
      return first(value.parts)
    case 'operation':
      return /^(\+|\|\||\?\?)$/.test(value.operator) && !isConverted(value) ? first(value.operands) : null
    case 'choice':
      return first(value.options)
    case 'member': {
      const part = value.name === 'length' ? null : requestPart(value)
      return part !== null && raw.has(part) && value.object.kind === 'member' && !isPiped(model, value) ? { value, part } : null
    }
    case 'result': {
      const { callee, args } = value.call
      if (callee.kind === 'member' && sameText.test(callee.name)) return withPlace(rawPart(model, callee.object, depth + 1), value)
      return globalOf(callee) === 'String' ? withPlace(first(args), value) : null
    }
    default:
      return null
  }
}

/** The whole of `req.body.name.trim()` is what stands in the text. */
function withPlace(found: ReturnType<typeof rawPart>, value: Value): ReturnType<typeof rawPart> {
  return found === null ? null : { ...found, value }
}
