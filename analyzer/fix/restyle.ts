// Turns a snippet written in the canonical style into the style of the file that receives it.
import { parseWithTokens } from '../syntax/parseWithTokens.js'
import type { ParsedText } from '../syntax/parseWithTokens.js'
import { applyEdits } from './editList.js'
import { FixRefused } from './fix.js'
import type { TextEdit } from './fix.js'
import type { OpenFile } from './openFile.js'
import { allNodes, canonicalStyle, endsWithSemicolon, isInHead, lineIndent } from './style.js'
import type { Style } from './style.js'
import type { Span } from '../text/span.js'

/** Restyles statements. Lines after the first are indented by `base`, the first is not. Throws `FixRefused` when the snippet does not parse. */
export function restyleStatements(code: string, style: Style, base: string): string {
  const parsed = parseWithTokens(code, 'snippet.ts') ?? parseWithTokens(code, 'snippet.tsx')
  if (parsed === null) throw new FixRefused(`not statements: ${code}`)
  return restyle(code, parsed, style, semicolonEdits(code, parsed, style), base)
}

/** Restyles an expression, likewise. */
export function restyleExpression(code: string, style: Style, base: string): string {
  const parsed = parseExpression(code)
  if (parsed === null) throw new FixRefused(`not an expression: ${code}`)
  const text = `(${code})`
  // The statement that the parentheses make is ours and takes no semicolon.
  const inside = semicolonEdits(text, parsed, style).filter((edit) => edit.start < text.length)
  return restyle(text, parsed, style, inside, base).slice(1, -1)
}

/** Parses `(code)`; null when that is not one expression. */
export function parseExpression(code: string): ParsedText | null {
  const parsed = parseWithTokens(`(${code})`, 'snippet.ts') ?? parseWithTokens(`(${code})`, 'snippet.tsx')
  if (parsed === null) return null
  const only = parsed.program.body.length === 1 ? parsed.program.body[0] : undefined
  // `a) + (b` parses as well, but then the outer parentheses are not one pair.
  return only?.type === 'ExpressionStatement' && only.range[1] === code.length + 2 && isOnePair(parsed) ? parsed : null
}

/** The text of a span as snippets are written, so that it can be part of one: its lines are indented from the first one on, in steps of two spaces. */
export function canonicalText(file: OpenFile, span: Span): string {
  const text = file.text.slice(span.start, span.end)
  if (file.parsed === null) return text
  const base = lineIndent(file.text, span.start)
  const templates = file.parsed.tokens.filter((token) => token.type === 'Template')
  return text.replace(/\n([ \t]+)/g, (whole, indent: string, offset: number) => {
    const start = span.start + offset + 1
    if (templates.some((token) => token.range[0] < start && start < token.range[1])) return whole
    let rest = indent.startsWith(base) ? indent.slice(base.length) : ''
    let depth = 0
    for (; file.style.indent !== '' && rest.startsWith(file.style.indent); rest = rest.slice(file.style.indent.length)) depth += 1
    return `\n${canonicalStyle.indent.repeat(depth)}${rest}`
  })
}

function restyle(code: string, parsed: ParsedText, style: Style, semicolons: readonly TextEdit[], base: string): string {
  const edits = [...quoteEdits(parsed, style), ...commaEdits(parsed, style), ...semicolons, ...indentEdits(code, parsed, style, base)]
  return applyEdits(code, edits).replace(/\r?\n/g, style.lineEnd)
}

function quoteEdits(parsed: ParsedText, style: Style): TextEdit[] {
  if (style.quote === canonicalStyle.quote) return []
  return parsed.tokens.flatMap((token) => {
    if (token.type !== 'String' || !token.value.startsWith("'") || token.value.includes('"')) return []
    const inner = token.value.slice(1, -1).replace(/\\'/g, "'")
    return [{ start: token.range[0], end: token.range[1], text: `"${inner}"` }]
  })
}

/** Takes away the commas after last items, in a file that writes none. A hole in an array is no such comma. */
function commaEdits(parsed: ParsedText, style: Style): TextEdit[] {
  if (style.trailingComma) return []
  return parsed.tokens.flatMap((token, index) => {
    const next = parsed.tokens[index + 1]
    const isLast = token.value === ',' && next?.type === 'Punctuator' && /^[}\])]$/.test(next.value)
    const isHole = isLast && /^[[,]$/.test(parsed.tokens[index - 1]?.value ?? '')
    return isLast && !isHole ? [{ start: token.range[0], end: token.range[1], text: '' }] : []
  })
}

function semicolonEdits(code: string, parsed: ParsedText, style: Style): TextEdit[] {
  if (!style.semicolons) return []
  return allNodes(parsed.program).flatMap((node) => {
    const isListed = endsWithSemicolon.has(node.type) || isBareExport(node.type, code.slice(...node.range))
    if (!isListed || isInHead(node, parsed) || code[node.range[1] - 1] === ';') return []
    return [{ start: node.range[1], end: node.range[1], text: ';' }]
  })
}

function isBareExport(type: string, text: string): boolean {
  if (type === 'ExportNamedDeclaration') return /^export\s*(type\s*)?\{/.test(text)
  return type === 'ExportDefaultDeclaration' && !/^export\s+default\s+(async\s+function|function|class|abstract)\b/.test(text)
}

function indentEdits(code: string, parsed: ParsedText, style: Style, base: string): TextEdit[] {
  const templates = parsed.tokens.filter((token) => token.type === 'Template')
  const edits: TextEdit[] = []
  for (let start = code.indexOf('\n') + 1; start > 0; start = code.indexOf('\n', start) + 1) {
    if (templates.some((token) => token.range[0] < start && start < token.range[1])) continue
    const spaces = /^ */.exec(code.slice(start))?.[0].length ?? 0
    const isBlank = /^ *\r?(\n|$)/.test(code.slice(start))
    const depth = Math.floor(spaces / canonicalStyle.indent.length)
    const text = isBlank ? '' : base + style.indent.repeat(depth) + ' '.repeat(spaces % canonicalStyle.indent.length)
    edits.push({ start, end: start + spaces, text })
  }
  return edits
}

function isOnePair(parsed: ParsedText): boolean {
  let depth = 0
  for (const [index, token] of parsed.tokens.entries()) {
    if (token.value === '(' && token.type === 'Punctuator') depth += 1
    if (token.value === ')' && token.type === 'Punctuator') depth -= 1
    if (depth === 0 && index < parsed.tokens.length - 1) return false
  }
  return true
}
