// Adds and removes statements, each on its own line where it has one.
import type { SyntaxNode } from '../syntax/parseWithTokens.js'
import { FixRefused } from './fix.js'
import { addEdit } from './openFile.js'
import type { SourceFile } from './openFile.js'
import { restyleStatements } from './restyle.js'
import { commentsIn, endOfLineComments, startOf, startWithComments, statementPlace, tokenAfter, tokenBefore } from './statementPlace.js'
import { lineIndent, lineStart } from './style.js'

/** Adds statements before the one that holds `node`. */
export function insertBefore(file: SourceFile, node: SyntaxNode, code: string): void {
  const place = statementPlace(file.parsed, node)
  if (place.kind === 'field') throw new FixRefused('a class field has no statement before it')
  if (place.kind === 'arrow') return openArrow(file, place.arrow, place.statement, code)
  if (place.kind === 'bare') return brace(file, place.statement, { before: code })
  const start = startWithComments(file.text, file.parsed, startOf(place.statement))
  const first = lineStart(file.text, start)
  const indent = lineIndent(file.text, start)
  const text = guarded(file, restyleStatements(code, file.style, indent), start, start)
  // A declaration of several lines would read as part of a comment or a decorator that it stood on.
  const isApart = text.includes('\n') && /^(?:\/[/*]|@)/.test(file.text.slice(start))
  if (first + indent.length === start) addEdit(file, first, first, indent + text + file.style.lineEnd.repeat(isApart ? 2 : 1))
  else addEdit(file, start, start, `${withoutEnd(text)}; `)
}

/** Adds statements after the one that holds `node`; for a class field, at the start of the constructor. */
export function insertAfter(file: SourceFile, node: SyntaxNode, code: string): void {
  const place = statementPlace(file.parsed, node)
  const { statement } = place
  if (place.kind === 'field') return insertInConstructor(file, statement, code)
  if (place.kind === 'arrow' || /^(Return|Throw|Break|Continue)Statement$/.test(statement.type))
    throw new FixRefused('nothing runs after this statement')
  if (place.kind === 'bare') return brace(file, statement, { after: code })
  addAfter(file, statement.range[1], lineIndent(file.text, statement.range[0]), code)
}

/** Adds statements after the offset at which a statement ends. */
function addAfter(file: SourceFile, end: number, indent: string, code: string): void {
  const next = tokenAfter(file.parsed, end)
  const text = guarded(file, restyleStatements(code, file.style, indent), end, next?.range[0] ?? end)
  if (next !== undefined && !file.text.slice(end, next.range[0]).includes('\n')) {
    const separator = file.text[end - 1] === ';' || file.text[end - 1] === '}' ? ' ' : '; '
    addEdit(file, end, end, separator + (next.value === '}' ? text : `${withoutEnd(text)};`))
    return
  }
  const place = endOfLineComments(file.text, file.parsed, end)
  addEdit(file, place, place, file.style.lineEnd + indent + text)
}

/** Removes the statement that holds `node`, with its line where it stands alone on it. Comments around and in it stay. */
export function removeStatement(file: SourceFile, node: SyntaxNode): void {
  const { kind, statement } = statementPlace(file.parsed, node)
  const around = file.parsed.parents.get(statement)
  if (kind === 'bare' && around?.type === 'IfStatement' && around.alternate === null && onlyLooks(file, around.test))
    return removeStatement(file, around)
  const [start, end] = statement.range
  const kept = commentsIn(file.parsed, start, end).map((comment) => file.text.slice(...comment.range))
  if (kind === 'bare' || kind === 'arrow') {
    addEdit(file, start, end, kept.length === 0 ? '{}' : `{ ${kept.join(file.style.lineEnd)}${file.style.lineEnd} }`)
    return
  }
  const indent = lineIndent(file.text, start)
  const first = lineStart(file.text, start)
  const rest = /^[ \t]*(\r?\n|$)/.exec(file.text.slice(end))
  if (kept.length > 0 || first + indent.length !== start || rest === null) {
    const space = /^[ \t]*/.exec(file.text.slice(end))?.[0].length ?? 0
    addEdit(file, start, kept.length > 0 ? end : end + space, kept.join(file.style.lineEnd + indent))
    return
  }
  const isBlankAbove = /(^|\n[ \t]*\r?\n|\{[ \t]*\r?\n)$/.test(file.text.slice(0, first))
  const blankBelow = isBlankAbove ? (/^[ \t]*\r?\n/.exec(file.text.slice(end + rest[0].length))?.[0].length ?? 0) : 0
  addEdit(file, first, end + rest[0].length + blankBelow, '')
}

/** A condition that can be left out with what it guards: names, members, literals and comparisons. */
function onlyLooks(file: SourceFile, test: SyntaxNode): boolean {
  return /^(?:[\w$.\s!&|?[\]]|'[^']*'|"[^"]*"|[!=]==?|[<>]=?)+$/.test(file.text.slice(...test.range))
}

/** Statements are joined by line ends alone in some files; one that starts with a bracket would then continue the line before it. */
function guarded(file: SourceFile, text: string, before: number, after: number): string {
  const previous = tokenBefore(file.parsed, before)?.value
  const isOpen = previous !== undefined && !/^[;{}]$/.test(previous)
  // Comments in front end no statement.
  const lead = /^(?:\/\/.*\s*)*/.exec(text)?.[0] ?? ''
  const code = text.slice(lead.length)
  const start = isOpen && /^[([`+\-/]/.test(code) ? `${lead};${code}` : text
  const next = file.text[after]
  return next !== undefined && after > before && /[([`+\-/]/.test(next) && !start.endsWith(';') && !isComment(file.text, after)
    ? `${start};`
    : start
}

function isComment(text: string, offset: number): boolean {
  return text.startsWith('//', offset) || text.startsWith('/*', offset)
}

/** Gives a statement without braces its braces, and company. */
function brace(file: SourceFile, statement: SyntaxNode, code: { readonly before?: string; readonly after?: string }): void {
  const outer = lineIndent(file.text, file.parsed.parents.get(statement)?.range[0] ?? statement.range[0])
  const line = file.style.lineEnd + outer + file.style.indent
  const style = (text: string): string => restyleStatements(text, file.style, outer + file.style.indent)
  const gapStart = tokenBefore(file.parsed, statement.range[0])?.range[1] ?? statement.range[0]
  const hasComment = commentsIn(file.parsed, gapStart, statement.range[0]).length > 0
  addEdit(
    file,
    hasComment ? statement.range[0] : gapStart,
    statement.range[0],
    ` {${line}${code.before === undefined ? '' : style(code.before) + line}`.slice(hasComment ? 1 : 0),
  )
  const end = endOfLineComments(file.text, file.parsed, statement.range[1])
  addEdit(file, end, end, `${code.after === undefined ? '' : line + style(code.after)}${file.style.lineEnd}${outer}}`)
}

/** `x => y` becomes `x => { code; return y }`. */
function openArrow(file: SourceFile, arrow: SyntaxNode, body: SyntaxNode, code: string): void {
  const outer = lineIndent(file.text, arrow.range[0])
  const line = file.style.lineEnd + outer + file.style.indent
  const sign = file.parsed.tokens.findLast((token) => token.value === '=>' && token.range[1] <= body.range[0])
  if (sign === undefined) throw new FixRefused('an arrow function without its arrow')
  const start = tokenAfter(file.parsed, sign.range[1])?.range[0] ?? body.range[0]
  if (commentsIn(file.parsed, sign.range[1], start).length > 0) throw new FixRefused('a comment stands before the body')
  addEdit(file, sign.range[1], start, ` {${line}${restyleStatements(code, file.style, outer + file.style.indent)}${line}return `)
  addEdit(file, arrow.range[1], arrow.range[1], `${file.style.semicolons ? ';' : ''}${file.style.lineEnd}${outer}}`)
}

/** Fields are set before the body of the constructor runs (after `super()` where there is one). */
function insertInConstructor(file: SourceFile, field: SyntaxNode, code: string): void {
  const body = file.parsed.parents.get(field)
  if (body?.type !== 'ClassBody' || (field.type === 'PropertyDefinition' && field.static))
    throw new FixRefused('a static field has no constructor')
  const made = body.body.find((member) => member.type === 'MethodDefinition' && member.kind === 'constructor')
  const block = made?.type === 'MethodDefinition' ? made.value.body : null
  const indent = lineIndent(file.text, field.range[0])
  const inside = indent + file.style.indent
  if (block === null || block === undefined) {
    const owner = file.parsed.parents.get(body)
    if (owner !== undefined && 'superClass' in owner && owner.superClass !== null)
      throw new FixRefused('the class inherits its constructor')
    const line = file.style.lineEnd
    const text = restyleStatements(code, file.style, inside)
    // A class has one constructor: another fix that makes it waits for the next pass.
    const binds = `constructor of ${body.range[0]}`
    const planned = file.edits.findIndex((edit) => edit.binds === binds)
    const start = file.edits[planned]
    const closing = `${line}${indent}}`
    if (start !== undefined) {
      file.edits[planned] = { ...start, text: `${start.text.slice(0, -closing.length)}${line}${inside}${text}${closing}` }
      return
    }
    const end = endOfLineComments(file.text, file.parsed, field.range[1])
    addEdit(file, end, end, `${line}${line}${indent}constructor() {${line}${inside}${text}${closing}`, { binds })
    return
  }
  const parent = block.body.find(
    (statement) =>
      statement.type === 'ExpressionStatement' &&
      statement.expression.type === 'CallExpression' &&
      statement.expression.callee.type === 'Super',
  )
  const end = parent?.range[1] ?? block.range[0] + 1
  if (block.body.length === 0)
    addEdit(
      file,
      end,
      end,
      `${file.style.lineEnd}${inside}${restyleStatements(code, file.style, inside)}${/\n/.test(file.text.slice(...block.range)) ? '' : file.style.lineEnd + indent}`,
    )
  else addAfter(file, end, inside, code)
}

function withoutEnd(text: string): string {
  return text.replace(/;$/, '')
}
