// Templates of pages: which values their code speaks of, and which templates they bring in. A search of the text and no parser; prose is left out, as is what is longer than any code.
import { addEntry, type DeploymentDraft, type DeploymentReader } from './deploymentDraft.js'

/** `<%= error.message %>`. Comments hold nothing. */
export const readEjs: DeploymentReader = (text, draft) => {
  for (const match of text.matchAll(/<%(?![%#])[-_=]?([\s\S]{0,4000}?)[-_]?%>/g)) {
    const [whole, code = ''] = match
    readCode(draft, code, match.index + whole.indexOf(code, 2))
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
    readCode(draft, code.slice(start.length).replace(/@root\.|\.\.\//g, blank), from + start.length)
  }
  return null
}

/** Lines of Pug: what stands behind a tag and its attributes is prose, but for `#{error.message}`. */
export const readPug: DeploymentReader = (text, draft) => {
  for (const match of text.matchAll(/^([ \t]*)([^\r\n]*)/gm)) {
    const [, indent = '', line = ''] = match
    readPugLine(draft, line, match.index + indent.length)
  }
  return null
}

function readPugLine(draft: DeploymentDraft, line: string, from: number): void {
  for (const match of line.matchAll(/[#!]\{([^}]{0,4000})\}/g)) readCode(draft, match[1] ?? '', from + match.index + 2)
  const [, word = '', name = ''] = /^(include(?::\S+)?|extends)\s+(\S+)/.exec(line) ?? []
  if (word !== '') return addEntry(draft, ['include'], name, from, from + line.length)
  if (/^(\/\/|\||<)/.test(line)) return
  // A block of code goes on in the next lines, which look like tags.
  if (/^-\s*$/.test(line)) return addEntry(draft, ['mention'], '*', from, from + line.length)
  if (/^(-|!?=|(if|else|unless|while|each|for|case|when)\b|[+)])/.test(line)) return readCode(draft, line, from)
  const tag = /^(?:[\w#.:-]|&attributes)+/.exec(line)?.[0].length ?? 0
  const attributes = line[tag] === '(' ? closing(line, tag) : tag
  readCode(draft, line.slice(tag, attributes), from + tag)
  if (/^!?=/.test(line.slice(attributes))) readCode(draft, line.slice(attributes), from + attributes)
  else if (/^:\s/.test(line.slice(attributes)) || line[attributes - 1] === ':')
    readPugLine(
      draft,
      line.slice(attributes).replace(/^:?\s+/, ''),
      from + line.length - line.slice(attributes).replace(/^:?\s+/, '').length,
    )
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

/** What a piece of code speaks of, and apart from it what it only asks whether it is there: `if (error)`, `error && …`. */
function readCode(draft: DeploymentDraft, written: string, from: number): void {
  for (const match of written.matchAll(/\binclude\s*\(?\s*(['"]?)([\w./-]+)\1/g))
    addEntry(draft, ['include'], match[2] ?? '', from + match.index, from + match.index + match[0].length)
  const code = written.replace(/\binclude\s+[\w./-]+|'[^'\n]*'|"[^"\n]*"/g, blank)
  for (const match of code.matchAll(/(?<![\w$.])[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)*/g)) {
    const path = match[0].replaceAll('?.', '.').replace(/^(locals|this|it)\./, '')
    const end = match.index + match[0].length
    const sort = isAsked(code.slice(Math.max(0, match.index - NEAR), match.index), code.slice(end, end + NEAR)) ? 'asked' : 'mention'
    addEntry(draft, [sort], path, from + match.index, from + end)
  }
}

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
