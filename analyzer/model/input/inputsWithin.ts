// Parts of a request inside a value, also where functions that callers share know them as their parameters alone.
import { addToGroup } from '../../grouped.js'
import type { CallRecord, MemberValue, ParameterValue, Value } from '../../link/value.js'
import type { Delivery, Summary } from '../model.js'
import { methodName } from '../origins.js'
import { isRequest, requestPart, transparentMethods } from '../requests.js'
import { childrenOf, firstWithin } from '../search.js'
import { isConverted } from './conversions.js'

export interface Input {
  readonly part: 'body' | 'query' | 'params'
  /** `name` of `req.body.name`; '*' for one that is computed, null for the part as a whole. */
  readonly field: string | null
  /** `req.body`, where the handler reads it. */
  readonly whole: MemberValue
}

/** What callers gave as a parameter: all values that it may have where `record` is made, or anywhere. */
export type Given = (parameter: ParameterValue, record: CallRecord | null) => readonly Value[]

/** What a function that is run once for its callers got in this one of their runs. */
export function givenIn({ deliveries = [] }: Pick<Summary, 'deliveries'>): Given {
  let byCallee: Map<string, Delivery[]> | null = null
  return ({ fn, index }, record) => {
    if (byCallee === null) {
      byCallee = new Map()
      for (const one of deliveries) addToGroup(byCallee, `${one.callee.source.file}#${one.callee.facts.id}`, one)
    }
    const own = byCallee.get(`${fn.file}#${fn.fn}`) ?? []
    return own.flatMap((delivery) => (record === null || fits(delivery, record) ? (delivery.args[index] ?? []) : []))
  }
}

/** Texts that a wrapper was given tell its calls apart: `query('insert …', values)` is not what `query('select …', values)` did. */
function fits({ callee: { source, facts }, args }: Delivery, record: CallRecord): boolean {
  return record.args.every((arg) => {
    if (arg.kind !== 'literal' || arg.at.file !== source.file || arg.at.fn !== facts.id) return true
    const index = facts.parameters.findIndex(({ node }) => node === arg.at.node)
    const given = args[index]
    return given === undefined || (given.kind === 'literal' && given.value === arg.value)
  })
}

/** What stores are given is small; a heap behind it says nothing of the request. */
const MOST_VALUES = 500

export interface InputSearch {
  readonly given: Given
  readonly record: CallRecord | null
  /** Several searches meet each value once. */
  readonly seen: Set<Value>
}

/** What a store or a hash made of them is something else; files are read by what has limits of its own. */
export function inputsWithin(value: Value, search: InputSearch): readonly Input[] {
  const { seen } = search
  if (seen.has(value) || seen.size > MOST_VALUES) return []
  seen.add(value)
  if (isConverted(value)) return []
  if (value.kind === 'parameter') return givenAs(value, null, search)
  if (value.kind === 'member' || value.kind === 'result') {
    const part = requestPart(value)
    if (part === null) return fromParameter(value, search)
    if (part !== 'body' && part !== 'query' && part !== 'params') return []
    const input = inputOf(value, part)
    return input === null ? [] : [input]
  }
  if (value.kind === 'operation' && answering.test(value.operator)) return []
  return partsOf(value).flatMap((one) => inputsWithin(one, search))
}

/** The part of a value that is read from it, and which field of it. */
export function inputOf(value: Value, part: Input['part']): Input | null {
  const whole = firstWithin(value, (one) => one.kind === 'member' && isRequest(one.object) && requestPart(one) === part)
  if (whole?.kind !== 'member' || /^files?$/.test(whole.name)) return null
  const field = firstWithin(value, (one) => one.kind === 'member' && one.object === whole)
  return { part, whole, field: field?.kind === 'member' ? field.name : null }
}

/** `dto.name`, `text.trim()` of a parameter. */
function fromParameter(value: Value, search: InputSearch): readonly Input[] {
  let one = value
  let field: string | null = null
  for (;;) {
    if (one.kind === 'parameter') return givenAs(one, field, search)
    if (one.kind === 'member') {
      field = one.name
      one = one.object
    } else if (one.kind === 'result' && one.call.callee.kind === 'member' && transparentMethods.has(methodName(one.call.callee) ?? '')) {
      one = one.call.callee.object
    } else return []
  }
}

function givenAs(parameter: ParameterValue, field: string | null, search: InputSearch): readonly Input[] {
  if (parameter.role !== 'unknown') return []
  return search.given(parameter, search.record).flatMap((value) => {
    const named = field !== null && value.kind === 'object' ? value.properties.get(field) : undefined
    return inputsWithin(named ?? value, { ...search, record: null })
  })
}

/** A value below `$eq` is compared as it is, operators in it too. */
function partsOf(value: Value): readonly Value[] {
  if (value.kind === 'choice') return value.options
  return value.kind === 'object' && value.properties.has('$eq') ? [] : childrenOf(value)
}

/** `body.on === true` is true or false, whatever was sent. */
const answering = /^([!=]==?|[<>]=?|!|typeof|instanceof|in|includes)$/
