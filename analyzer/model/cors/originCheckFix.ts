// Writes checks of the origin so that other sites do not pass: patterns anchored, whole origins compared, names of hosts as patterns.
import { FixRefused, suggestion, type Editor, type Fix } from '../../fix/fix.js'
import type { Value } from '../../link/value.js'
import { stringOf } from '../values.js'
import type { OriginGrant } from './originGrants.js'
import { patternWeakness } from './originPatterns.js'

/** null where what was meant does not follow from what is written. */
export function originCheckFix({ replaceable, weakness }: OriginGrant): Fix | null {
  if (replaceable?.kind === 'regex' && weakness?.better != null) {
    const code = `/${weakness.better}/${replaceable.flags}`
    return suggestion(`Write ${code}`, (editor) => editor.replace(replaceable.at, code))
  }
  const text = searchedText(replaceable)
  if (replaceable === null || text === null) return null
  if (/^https?:\/\/[^/]+\.[a-z]{2,}(:\d+)?$/i.test(text))
    return suggestion('Compare with the whole origin', (editor) =>
      rewrite(editor, replaceable, ({ origin, argument, isNot }) => `${origin} ${isNot ? '!==' : '==='} ${argument}`),
    )
  const host = /^(?:\/\/)?\.?((?:[a-z0-9-]+\.)+[a-z]{2,})$/i.exec(text)?.[1]
  const better = host === undefined ? undefined : patternWeakness(host.replaceAll('.', '\\.'))?.better
  if (better == null) return null
  return suggestion(`Compare with /${better}/`, (editor) =>
    rewrite(editor, replaceable, ({ origin, isOptional, isNot }) => {
      const asked = isOptional ? `${origin} ?? ''` : origin
      return `${isNot ? '!' : ''}/${better}/.test(${asked})`
    }),
  )
}

/** What the origin is searched for: by a method that says whether it is there, or where. */
function searchedText(value: Value | null): string | null {
  const call = value?.kind === 'operation' ? value.operands.find(({ kind }) => kind === 'result') : value
  if (call?.kind !== 'result' || call.call.callee.kind !== 'member') return null
  const isPlace = call.call.callee.name === 'indexOf'
  if (value?.kind === 'operation' ? !isPlace : !/^(?:includes|startsWith|endsWith)$/.test(call.call.callee.name)) return null
  return stringOf(call.call.args[0] ?? null)
}

interface Search {
  /** The code of the origin. */
  readonly origin: string
  /** What it is searched for, as it is written. */
  readonly argument: string
  readonly isOptional: boolean
  /** True for `indexOf(…) === -1`. */
  readonly isNot: boolean
}

const SEARCH = /^([\w$.[\]'"!]+?)(\?)?\.(?:includes|startsWith|endsWith|indexOf)\(\s*([^()]*?)\s*\)\s*(?:([!=<>]=?=?)\s*(-1|0))?$/

function rewrite(editor: Editor, { at }: Value, code: (search: Search) => string): void {
  const [, origin, optional, argument, operator] = SEARCH.exec(editor.text(at)) ?? []
  if (origin === undefined || argument === undefined) throw new FixRefused('a search of another form')
  const isNot = operator !== undefined && /^(?:==|===|<)$/.test(operator) && !/===?\s*0$/.test(editor.text(at))
  editor.replace(at, code({ origin, argument, isOptional: optional !== undefined, isNot }))
}
