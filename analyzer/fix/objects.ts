// Sets and removes properties of object literals. Changes to one object are collected and written together, so that commas come out right.
import type { SyntaxNode, TSESTree } from '../syntax/parseWithTokens.js'
import { FixRefused } from './fix.js'
import { addEdit } from './openFile.js'
import type { SourceFile } from './openFile.js'
import { restyleExpression } from './restyle.js'
import { commentsIn, endOfLineComments, tokenAfter, tokenBefore } from './statementPlace.js'
import { lineIndent, lineStart } from './style.js'

type ObjectNode = TSESTree.ObjectExpression
type Member = ObjectNode['properties'][number]

/** The changes wanted of one object literal. */
export interface ObjectPlan {
  readonly file: SourceFile
  readonly object: ObjectNode
  readonly added: Map<string, string>
  readonly removed: Set<Member>
  /** True for options that a call can do without. */
  isOptional: boolean
}

export function planFor(plans: Map<ObjectNode, ObjectPlan>, file: SourceFile, object: ObjectNode): ObjectPlan {
  const known = plans.get(object)
  if (known !== undefined) return known
  const plan = { file, object, added: new Map<string, string>(), removed: new Set<Member>(), isOptional: false }
  plans.set(object, plan)
  return plan
}

/** Sets `key` to an expression in the canonical style. An existing value is replaced at once, a new one when the plan is written. */
export function setProperty(plan: ObjectPlan, key: string, code: string): void {
  const { file, object } = plan
  const member = memberOf(object, key)
  if (member === null) {
    plan.added.set(key, code)
    return
  }
  if (member.type !== 'Property' || member.shorthand || member.method || member.kind !== 'init') {
    const text = entry(file, key, code, lineIndent(file.text, member.range[0]))
    addEdit(file, member.range[0], member.range[1], text)
    return
  }
  const text = restyleExpression(code, file.style, lineIndent(file.text, member.range[0]))
  if (text === file.text.slice(...member.value.range)) return
  if (commentsIn(file.parsed, ...member.value.range).some((comment) => !text.includes(comment.value)))
    throw new FixRefused('the old value holds a comment')
  addEdit(file, member.value.range[0], member.value.range[1], text)
}

export function removeProperty(plan: ObjectPlan, key: string): void {
  const member = memberOf(plan.object, key)
  if (member === null) throw new FixRefused(`no property ${key}`)
  plan.removed.add(member)
}

/** Removes an option: where it was the last one, the call is no longer given any. */
export function removeOption(plan: ObjectPlan, key: string): void {
  removeProperty(plan, key)
  plan.isOptional = true
}

/** Writes the additions and removals of a plan as edits. */
export function writePlan(plan: ObjectPlan): void {
  const { file, object, added, removed } = plan
  if (added.size === 0 && removed.size === 0) return
  const left = object.properties.filter((member) => !removed.has(member))
  const last = left.at(-1)
  if (last === undefined) return rewrite(plan)
  for (const member of removed) remove(file, object, member)
  const final = object.properties.at(-1)
  const finalComma = final === undefined ? null : commaAfter(file, final)
  const comma = commaAfter(file, last)
  // Where the last property goes and has no comma, the one before it must lose its own, or keeps it for what is added on lines of its own.
  const isLoose = finalComma === null && comma !== null && (added.size === 0 || !isOpen(plan))
  if (isLoose) addEdit(file, comma.start, comma.end, '')
  if (added.size > 0) append(plan, last, comma)
}

/** True for an object whose properties stand on lines of their own. */
function isOpen({ file, object }: ObjectPlan): boolean {
  return file.text.slice(object.range[0], object.properties[0]?.range[0]).includes('\n')
}

function append(plan: ObjectPlan, last: Member, comma: { readonly start: number; readonly end: number } | null): void {
  const { file, object, added } = plan
  const indent = lineIndent(file.text, last.range[0])
  const separator = isOpen(plan) ? file.style.lineEnd + indent : ' '
  const entries = [...added].map(([key, code]) => entry(file, key, code, indent))
  if (!isOpen(plan)) {
    addEdit(file, last.range[1], last.range[1], entries.map((text) => `,${separator}${text}`).join(''))
    return
  }
  const isFinal = object.properties.at(-1) === last
  if (comma === null) addEdit(file, last.range[1], last.range[1], ',')
  const end = endOfLineComments(file.text, file.parsed, comma?.end ?? last.range[1])
  const text = entries.map((each) => separator + each).join(',')
  addEdit(file, end, end, isFinal && comma !== null ? `${text},` : text)
}

/** Makes an object anew that had no property, or loses all. */
function rewrite({ file, object, added, isOptional }: ObjectPlan): void {
  if (commentsIn(file.parsed, ...object.range).length > 0) throw new FixRefused('the object holds a comment')
  if (isOptional && added.size === 0 && removeArgument(file, object)) return
  addEdit(file, object.range[0], object.range[1], objectText(file, [...added], lineIndent(file.text, object.range[0])))
}

/** Takes the last argument of a call away, with the comma in front of it. False where the object is none, or a comment would go with it. */
function removeArgument(file: SourceFile, object: ObjectNode): boolean {
  const call = file.parsed.parents.get(object)
  if ((call?.type !== 'CallExpression' && call?.type !== 'NewExpression') || call.arguments.at(-1) !== object) return false
  const [start, end] = [tokenBefore(file.parsed, object.range[0])?.range, call.range[1] - 1]
  if (start === undefined || commentsIn(file.parsed, start[0], end).length > 0) return false
  addEdit(file, call.arguments.length > 1 ? start[0] : start[1], end, '', { countedIn: object.range[1] })
  return true
}

/** An object literal with these entries: on one line where they fit. */
export function objectText(file: SourceFile, entries: readonly (readonly [key: string, code: string])[], indent: string): string {
  if (entries.length === 0) return '{}'
  return `{ ${entries.map(([key, code]) => entry(file, key, code, indent)).join(', ')} }`
}

function entry(file: SourceFile, key: string, code: string, indent: string): string {
  const name = /^[A-Za-z_$][\w$]*$/.test(key) ? key : file.style.quote + key + file.style.quote
  const value = restyleExpression(code, file.style, indent)
  return value === name ? name : `${name}: ${value}`
}

function remove(file: SourceFile, object: SyntaxNode, member: SyntaxNode): void {
  const [start] = member.range
  const end = commaAfter(file, member)?.end ?? member.range[1]
  if (commentsIn(file.parsed, start, end).length > 0) throw new FixRefused('the property holds a comment')
  const first = lineStart(file.text, start)
  // Of two fixes that each leave the other's property, the second one would not see that none is left.
  const marks = { countedIn: object.range[1] }
  const rest = /^[ \t]*\r?\n/.exec(file.text.slice(end))
  if (first + lineIndent(file.text, start).length === start && rest !== null) addEdit(file, first, end + rest[0].length, '', marks)
  else if (commaAfter(file, member) === null)
    addEdit(file, start - (/[ \t]*$/.exec(file.text.slice(0, start))?.[0].length ?? 0), end, file.text[end] === ' ' ? '' : ' ', marks)
  else addEdit(file, start, end + (/^[ \t]*/.exec(file.text.slice(end))?.[0].length ?? 0), '', marks)
}

/** Removes an element of an array literal. */
export function removeElement(file: SourceFile, node: SyntaxNode): void {
  const list = file.parsed.parents.get(node)
  if (list?.type !== 'ArrayExpression') throw new FixRefused('no element of a list')
  const before = tokenBefore(file.parsed, node.range[0])
  if (commaAfter(file, node) === null && before?.value === ',')
    addEdit(file, before.range[0], node.range[1], '', { countedIn: list.range[1] })
  else remove(file, list, node)
}

function commaAfter(file: SourceFile, member: SyntaxNode): { readonly start: number; readonly end: number } | null {
  const token = tokenAfter(file.parsed, member.range[1])
  return token?.value === ',' ? { start: token.range[0], end: token.range[1] } : null
}

function memberOf(object: ObjectNode, key: string): Member | null {
  return (
    object.properties.findLast(
      (member) => member.type === 'Property' && !(member.computed && member.key.type !== 'Literal') && keyOf(member.key) === key,
    ) ?? null
  )
}

function keyOf(node: TSESTree.Node): string | null {
  if (node.type === 'Identifier') return node.name
  return node.type === 'Literal' ? String(node.value) : null
}
