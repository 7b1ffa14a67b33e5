// Templates of pages: which values their code speaks of, and which templates they bring in. A search of the text and no parser; prose is left out, as is what is longer than any code.
import { addEntry, type DeploymentDraft, type DeploymentReader } from './deploymentDraft.js'

/** `<%= error.message %>`. Comments hold nothing. */
export const readEjs: DeploymentReader = (text, draft) => {
  // A project may choose another sign than `%`: what stands there is not read.
  for (const { index } of text.matchAll(/<[?$@&][-=]/g)) addEntry(draft, ['mention'], '*', index, index + 3)
  for (const match of text.matchAll(/<%(?![%#])([-_=]?)([\s\S]{0,4000}?)[-_]?%>/g)) {
    const [, sign = '', code = ''] = match
    readCode(draft, code, match.index + 2 + sign.length, /[-=]/.test(sign))
  }
  return null
}

/** `{{error.message}}`, `{{{error.message}}}`. */
export const readHandlebars: DeploymentReader = (text, draft) => {
  const spoken = text.replace(/\{\{~?!--[\s\S]{0,4000}?--~?\}\}/g, blank)
  for (const match of spoken.matchAll(/\{\{\{?~?(?![!/])([\s\S]{0,4000}?)~?\}\}/g)) {
    const [whole, code = ''] = match
    const from = match.index + whole.indexOf(code, 2)
    const [start, name] = /^\s*#?>\s*([\w./@-]*)/.exec(code) ?? ['', null]
    if (name !== null) addEntry(draft, ['include'], name, from, from + code.length)
    // `this.error`, `../error` and `@root.error` are the value of that name as well.
    readCode(draft, code.slice(start.length).replace(/^&|@root\.|\.\.\//g, blank), from + start.length, name === null)
  }
  return null
}

/** Lines of Pug: what stands behind a tag and its attributes is prose, but for `#{error.message}`. */
export const readPug: DeploymentReader = (text, draft) => {
  let comment = Infinity
  let open = 0
  for (const match of text.matchAll(/^([ \t]*)([^\r\n]+)/gm)) {
    const [, indent = '', line = ''] = match
    const from = match.index + indent.length
    // What is indented below a comment belongs to it.
    if (indent.length > comment) continue
    comment = line.startsWith('//') && open === 0 ? indent.length : Infinity
    if (comment !== Infinity) continue
    if (open > 0) readCode(draft, line, from)
    else readPugLine(draft, line, from)
    // Attributes may go on in the next lines.
    if (open > 0 || /^[\w#.:-]+\(/.test(line)) open = Math.max(0, open + openedIn(line))
  }
  return null
}

function readPugLine(draft: DeploymentDraft, line: string, from: number): void {
  for (const match of line.matchAll(/[#!]\{([^}]{0,4000})\}/g)) readCode(draft, match[1] ?? '', from + match.index + 2, true)
  // A tag within prose: `#[code= error.message]`.
  for (const { index } of line.matchAll(/#\[/g))
    readPugTag(draft, /^[^\]]*/.exec(line.slice(index + 2, index + MOST_INLINE))?.[0] ?? '', from + index + 2)
  readPugTag(draft, line, from)
}

const MOST_INLINE = 400

function readPugTag(draft: DeploymentDraft, line: string, from: number): void {
  const [, word = '', name = ''] = /^(include(?::\S+)?|extends)\s+(\S+)/.exec(line) ?? []
  if (word !== '') return addEntry(draft, ['include'], name, from, from + line.length)
  if (/^(\||<)/.test(line)) return
  // A block of code goes on in the next lines, which look like tags.
  if (/^-\s*$/.test(line)) return addEntry(draft, ['mention'], '*', from, from + line.length)
  if (/^!?=/.test(line)) return readPrinted(draft, line, from)
  if (/^(-|(if|else|unless|while|each|for|case|when)\b|[+)])/.test(line)) return readCode(draft, line, from)
  let end = behindTag(line, 0)
  while (line[end] === '(') {
    const close = closing(line, end)
    readCode(draft, line.slice(end, close), from + end)
    end = behindTag(line, close)
  }
  const rest = line.slice(end)
  if (/^!?=/.test(rest)) readPrinted(draft, rest, from + end)
  else if (line[end - 1] === ':') readPugTag(draft, rest.trimStart(), from + line.length - rest.trimStart().length)
}

/** `= error.message`, `!= text` */
function readPrinted(draft: DeploymentDraft, written: string, from: number): void {
  readCode(draft, written.replace(/^!?=/, blank), from, true)
}

/** Behind the name, the classes and the id of a tag, of which some may follow its attributes: `a(href=link).button`. */
function behindTag(line: string, from: number): number {
  const tag = /(?:[\w#.:-]|&attributes)*/y
  tag.lastIndex = from
  return from + (tag.exec(line)?.[0].length ?? 0)
}

/** How many brackets are left open, or closed that were open before. */
function openedIn(line: string): number {
  let depth = 0
  for (const sign of line.replace(/'[^'\n]*'|"[^"\n]*"/g, '')) depth += sign === '(' ? 1 : sign === ')' ? -1 : 0
  return depth
}

/** Behind the bracket that closes the one at `from`, or the end where it closes in another line. */
function closing(line: string, from: number): number {
  let depth = 0
  for (let at = from; at < line.length; at++) {
    if (line[at] === '(') depth++
    if (line[at] === ')' && --depth === 0) return at + 1
  }
  return line.length
}

/**
 * What a piece of code speaks of, and apart from it what it only asks whether it is there: `if (error)`, `error && …`. Where the code as a whole is printed (`isPrinted`),
 * and is no more than one name, with texts beside it at most, the page gets that value as a text.
 */
function readCode(draft: DeploymentDraft, written: string, from: number, isPrinted = false): void {
  const spoken = written.replace(STRINGS_AND_COMMENTS, (part) => (/^\/[/*]/.test(part) ? blank(part) : part))
  for (const match of spoken.matchAll(/\binclude(?:\s*\(\s*|\s+)(['"`]?)([^'"`\s(),;]+)\1/g))
    addEntry(draft, ['include'], match[2] ?? '', from + match.index, from + match.index + match[0].length)
  const isCondition = /^\s*\}?\s*(?:else\s+)?if\s*\([^;]*\)\s*\{\s*$/.test(spoken)
  const code = spoken.replace(/\binclude\s+[\w./-]+|'[^'\n]*'|"[^"\n]*"/g, blank)
  const isText = isPrinted && ONE_NAME.test(code)
  for (const match of code.matchAll(/(?<![\w$.])[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)*/g)) {
    const path = match[0].replaceAll('?.', '.').replace(/^(locals|this|it)\./, '')
    const end = match.index + match[0].length
    const before = code.slice(Math.max(0, match.index - NEAR), match.index)
    const sort = isCondition || isAsked(before, code.slice(end, end + NEAR)) ? 'asked' : isText ? 'printed' : 'mention'
    addEntry(draft, [sort], path, from + match.index, from + end)
  }
}

/** Texts are matched so that `'https://…'` holds no comment, and what is behind a backslash belongs to a pattern. */
const STRINGS_AND_COMMENTS = /'[^'\n]*'|"[^"\n]*"|`[^`]*`|\/\*[\s\S]*?\*\/|(?<!\\)\/\/[^\n]*/g

/** `error`, and what is left of `'Failed: ' + error` and `error || 'none'` without the texts. */
const ONE_NAME = /^[\s+]*[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)*\s*(?:\+|\|\||\?\?)?\s*;?\s*$/

/** How much beside a name is looked at. */
const NEAR = 20

function isAsked(before: string, after: string): boolean {
  return (
    /^\s*(&&|\?(?![.?]))/.test(after) ||
    /\btypeof\s*\(?\s*$/.test(before) ||
    (/(\bif|\bunless|#if|#unless)\s*\(?\s*!*\s*$/.test(before) && /^\s*(\)|$)/.test(after))
  )
}

function blank(text: string): string {
  return ' '.repeat(text.length)
}
