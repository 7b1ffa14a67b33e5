// Takes what is sensitive out of a log: by the redaction of pino where it can, else at the place itself.
import { FixRefused, suggestion, type Editor, type Fix } from '../../fix/fix.js'
import type { CallRecord } from '../../link/value.js'
import { isCallTo } from '../origins.js'
import { redactPaths } from './redaction.js'
import { isSecretHeader } from '../secrets/sensitiveNames.js'
import type { SensitiveAccessLog } from './accessLogs.js'
import type { ErrorBodyLog } from './errorBodyLogs.js'
import type { SensitiveLog } from './sensitiveLogs.js'
import type { SensitivePart } from './sensitiveParts.js'
import { isNamedInText, spreadAsProperty, withoutNamed, withoutValue } from './sparedText.js'
import { property } from '../values.js'

/** null where the place cannot be told from what leads to it. */
export function redactionFix(found: SensitiveLog): Fix | null {
  const { log, parts, at, isExact } = found
  const maker = log.makers.find((call) => isCallTo(call, 'pino'))
  if (maker !== undefined && parts.every((part) => part.path !== null))
    return suggestion('Redact it in the logger', (editor) => addPaths(editor, maker, parts.flatMap(pathsOf)))
  const [first, ...others] = parts
  if (first !== undefined && !isExact && found.from === null && isNamedInText(found))
    return suggestion('Leave it out of the line', (editor) => {
      for (const argument of new Set(parts.map((part) => part.argument)))
        editor.replace(log.record.argsAt[argument] ?? at, withoutNamed(editor, found, argument))
    })
  if (first === undefined || !isExact) return null
  return suggestion(parts.every(({ extent }) => extent === 'leaf') ? 'Leave it out of the line' : 'Log the names alone', (editor) => {
    const given = log.record.argsAt[first.argument] ?? at
    const [before, after, ...more] = editor.text(given).split(`...${editor.text(at)}`)
    if (before !== undefined && after !== undefined) {
      if (parts.length > 1 || more.length > 0) throw new FixRefused('several things are spread')
      const spread = spreadAsProperty(editor.text(given), editor.text(at), withoutValue(editor.text(at), first))
      return editor.replace(given, `${before}${spread}${after}`)
    }
    editor.replace(at, withoutValue(editor.text(at), first))
    for (const part of others) editor.replace(part.at, withoutValue(editor.text(part.at), part))
  })
}

/** Redacts the credentials that every request brings, or takes them out of the format of morgan. */
export function accessLogFix({ redactIn, format }: SensitiveAccessLog): Fix | null {
  const text = format?.value
  if (format !== undefined && typeof text === 'string' && !/[\\\n']/.test(text))
    return suggestion('Leave it out of the format', (editor) => editor.replace(format.at, `'${withoutSecretHeaders(text)}'`))
  if (redactIn === null) return null
  return suggestion('Redact the credentials', (editor) =>
    addPaths(editor, redactIn, ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]']),
  )
}

/** `:method auth=:req[authorization] :url` → `:method :url`. Within JSON, what morgan writes for a header that is not there takes its place. */
function withoutSecretHeaders(format: string): string {
  if (/^\s*[{[]/.test(format))
    return format.replace(/:(?:req|res)\[([\w-]+)\]/g, (whole, name: string) => (isSecretHeader(name) ? '-' : whole))
  const pattern = /\s*(?:[\w-]+[=:]\s?)?["[(]?:(?:req|res)\[([\w-]+)\]["\])]?/g
  return format.replace(pattern, (whole, name: string) => (isSecretHeader(name) ? '' : whole)).trimStart()
}

/** Redacts what the parser of JSON puts on its errors. */
export function errorBodyFix({ redactIn }: ErrorBodyLog): Fix | null {
  if (redactIn === null) return null
  return suggestion('Redact the body of errors in the logger', (editor) => addPaths(editor, redactIn, ['err.body']))
}

function addPaths(editor: Editor, maker: CallRecord, wanted: readonly string[]): void {
  const known = maker.args.map(redactPaths)
  if (known.includes('unknown')) throw new FixRefused('not known what is redacted already')
  const paths = [...new Set([...known.flatMap((list) => (list === 'unknown' ? [] : list)), ...wanted])]
  const list = `[${paths.map((path) => `'${path}'`).join(', ')}]`
  const given = maker.args.map((one) => property(one, 'redact')).find((one) => one !== null)
  // `redact: { paths, censor }` has more to say than paths.
  if (given?.kind === 'object') editor.setProperty(given.at, 'paths', list)
  else editor.setProperty(maker.at, 'redact', list)
}

function pathsOf({ path, keys, extent }: SensitivePart): readonly string[] {
  const base = path ?? []
  if (extent === 'leaf' || keys.length === 0) return base.length === 0 ? [] : [written(base)]
  return keys.map((key) => written([...base, key]))
}

function written(path: readonly string[]): string {
  return path.map((key, index) => (/^([A-Za-z_$][\w$]*|\*)$/.test(key) ? `${index === 0 ? '' : '.'}${key}` : `["${key}"]`)).join('')
}
