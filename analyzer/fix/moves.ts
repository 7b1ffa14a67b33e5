// Moves a statement in front of another one of the same list, with what belongs to it.
import type { SyntaxNode } from '../syntax/parseWithTokens.js'
import { FixRefused } from './fix.js'
import { declaredBy } from './names.js'
import { addEdit } from './openFile.js'
import type { SourceFile } from './openFile.js'
import { endOfLineComments, isListedIn, startOf, startWithComments, statementPlace, tokenBefore } from './statementPlace.js'
import { lineIndent, lineStart } from './style.js'

/**
 * Moves the statement that holds `node` in front of the one that holds `to`, with the comments that speak of it and the conditions around it that guard nothing else.
 * `lead` comes in front of the node itself. Refuses where a condition guards more than that, and where it speaks of what is declared in between.
 */
export function moveBefore(file: SourceFile, node: SyntaxNode, to: SyntaxNode, lead: string): void {
  const target = statementPlace(file.parsed, to).statement
  const list = file.parsed.parents.get(target)
  const moved = statementIn(file, node, list)
  const start = startWithComments(file.text, file.parsed, startOf(moved))
  const end = endOfLineComments(file.text, file.parsed, moved.range[1])
  const place = startWithComments(file.text, file.parsed, startOf(target))
  if (!isAlone(file, start, end) || !isFirstOnLine(file, place)) throw new FixRefused('the statements share a line')
  if (list === undefined || !isListedIn(list, target)) throw new FixRefused('the place is in no list of statements')
  if (needsBetween(file, moved, target)) throw new FixRefused('it needs what is declared in between')
  const first = lineStart(file.text, start)
  const line = lineStart(file.text, place)
  const rest = /^[ \t]*(?:\r?\n|$)/.exec(file.text.slice(end))?.[0].length ?? 0
  // Of two fixes that move it to different places the second one waits.
  const marks = { countedIn: moved.range[1] }
  const isLast = file.text.slice(end).trim() === ''
  const from = isLast ? file.text.slice(0, first).trimEnd().length + file.style.lineEnd.length : first
  addEdit(file, Math.min(first, from), end + rest + blankLineAfter(file, first, end + rest), '', marks)
  const code = file.text.slice(first, node.range[0]) + lead + file.text.slice(node.range[0], end) + file.style.lineEnd
  // Several lines would read as part of a comment that they stood on, and what stood apart does so among others that do.
  const isApart =
    (file.text.slice(start, end).includes('\n') && file.text.startsWith('/', place)) ||
    (isBlankAbove(file, first) && isBlankAbove(file, line))
  addEdit(file, line, line, isApart ? code + file.style.lineEnd : code, marks)
}

/** The statement of that list, seen through conditions that guard nothing else. */
function statementIn(file: SourceFile, node: SyntaxNode, list: SyntaxNode | undefined): SyntaxNode {
  let { statement } = statementPlace(file.parsed, node)
  for (let parent = file.parsed.parents.get(statement); parent !== list; parent = file.parsed.parents.get(statement)) {
    const isBlock = parent?.type === 'BlockStatement' && parent.body.length === 1
    const isCondition = parent?.type === 'IfStatement' && parent.alternate === null
    if (parent === undefined || !(isBlock || isCondition)) throw new FixRefused('its condition guards more than this')
    statement = parent
  }
  return statement
}

/** True where a statement between the two declares a name that the moved one uses: only functions and imports are there before. */
function needsBetween(file: SourceFile, moved: SyntaxNode, target: SyntaxNode): boolean {
  const between = [...file.parsed.parents].flatMap(([node, parent]) => {
    const isBetween = parent === file.parsed.parents.get(target) && target.range[0] <= node.range[0] && node.range[1] <= moved.range[0]
    return isBetween && !/^(?:Function|Import)Declaration$/.test(node.type) ? declaredBy(node) : []
  })
  return file.parsed.tokens.some(
    ({ type, value, range }) =>
      type === 'Identifier' && moved.range[0] <= range[0] && range[1] <= moved.range[1] && between.includes(value),
  )
}

function isAlone(file: SourceFile, start: number, end: number): boolean {
  return isFirstOnLine(file, start) && /^[ \t]*(?:\r?\n|$)/.test(file.text.slice(end))
}

function isFirstOnLine(file: SourceFile, offset: number): boolean {
  return lineStart(file.text, offset) + lineIndent(file.text, offset).length === offset
}

function isBlankAbove(file: SourceFile, line: number): boolean {
  return /\n[ \t]*\r?\n$/.test(file.text.slice(0, line))
}

/** The length of the blank line below, where one stands above as well, or nothing does. */
function blankLineAfter(file: SourceFile, first: number, next: number): number {
  const isFirst = /\{[ \t]*\r?\n$/.test(file.text.slice(0, first)) || tokenBefore(file.parsed, first) === undefined
  return isFirst || isBlankAbove(file, first) ? (/^[ \t]*\r?\n/.exec(file.text.slice(next))?.[0].length ?? 0) : 0
}
