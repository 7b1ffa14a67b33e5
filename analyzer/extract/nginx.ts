// nginx configuration: directives with their arguments; a block is the directive that opens it, and the brace that ends it.
import { addEntry, type DeploymentReader } from './deploymentDraft.js'

const TOKEN = /#[^\r\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[;{}]|(?:\\.|\$\{\w*\}|[^\s;{}"'])+/gs

export const readNginx: DeploymentReader = (text, draft) => {
  let words: { text: string; start: number; end: number }[] = []
  for (const match of text.matchAll(TOKEN)) {
    const token = match[0]
    if (token.startsWith('#')) continue
    if (!/^[;{}]$/.test(token)) {
      words.push({ text: token, start: match.index, end: match.index + token.length })
      continue
    }
    const [name, ...rest] = words
    const last = words.at(-1)
    if (name && last && token !== '}') addEntry(draft, [name.text], rest.map((word) => unquote(word.text)).join(' '), name.start, last.end)
    if (token === '}') addEntry(draft, [token], '', match.index, match.index + 1)
    words = []
  }
  return null
}

function unquote(word: string): string {
  return /^(["']).*\1$/s.test(word) && word.length > 1 ? word.slice(1, -1) : word
}
