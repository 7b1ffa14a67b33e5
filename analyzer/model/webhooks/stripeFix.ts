// Fixes by which Stripe's signatures are checked against the bytes that were signed, and events grow old.
import { FixRefused, suggestion, type Editor, type Fix } from '../../fix/fix.js'
import { sameLocation } from '../../text/location.js'
import { isNestOnFastify } from '../nestPlatform.js'
import type { StripeFault } from './stripeEvents.js'

/** Null where none is known. */
export function stripeFix(fault: StripeFault): Fix | null {
  const title = titleOf(fault)
  return title === null ? null : suggestion(title, (editor) => repair(editor, fault))
}

function titleOf({ kind, parser }: StripeFault): string | null {
  if (kind === 'tolerance') return 'Refuse events that are older than five minutes'
  if (kind === 'unset') return 'Keep the raw body'
  return kind === 'parsed' && parser?.by === 'express' ? 'Leave the body of this route as it was sent' : null
}

/** What has read the body, and what keeps the bytes there, for messages. */
export function parserTexts({ parser }: StripeFault): { readonly parser: string; readonly remedy: string } {
  switch (parser?.by) {
    case 'fastify':
      return {
        parser: 'Fastify',
        remedy: "Add a content type parser with parseAs: 'buffer' in the plugin of this route, which hands the buffer on",
      }
    case 'nest':
      return { parser: 'The parser of Nest', remedy: 'Make the application with rawBody: true, and give constructEvent req.rawBody' }
    default:
      return {
        parser: 'express.json()',
        remedy: "Register express.raw({ type: 'application/json' }) for this path in front of the parser, and give constructEvent req.body",
      }
  }
}

function repair(editor: Editor, fault: StripeFault): void {
  const { kind, call, parser, route } = fault
  if (kind === 'tolerance') editor.setArgument(call.at, 3, '300')
  else if (kind === 'unset' && parser?.creation !== null && parser?.creation !== undefined && route !== null)
    editor.setProperty(parser.creation.at, 'rawBody', 'true', isNestOnFastify(route.app) ? 2 : 1)
  else keepBytes(editor, fault)
}

/** The parser of bytes runs first, and those that come after it leave alone what has been read. */
function keepBytes(editor: Editor, { parser, route }: StripeFault): void {
  const link = parser?.link
  if (link === null || link === undefined || route === null) throw new FixRefused()
  const { entry } = link
  const code = `${rawParser(editor, link)}({ type: 'application/json' })`
  if (entry === route.entry) {
    editor.replace(link.at, code)
    return
  }
  const path = entry.scope === route.app.scope ? route.path : entry.scope === route.entry.scope ? route.entry.path : null
  const name = editor.nameOf(entry.scope)
  if (path === null || name === null || entry.kind !== 'layer' || /[*:'\\]/.test(path)) throw new FixRefused()
  editor.insertBefore(entry.at, `${name}.use('${path}', ${code})`)
}

/** `express.raw` where the file says `express.json`. */
function rawParser(editor: Editor, { at, value }: NonNullable<NonNullable<StripeFault['parser']>['link']>): string {
  const written = value.kind === 'result' && sameLocation(value.call.at, at) ? /^([\w$.]+)\.json\s*\(/.exec(editor.text(at)) : null
  return written?.[1] === undefined ? editor.addImport(at.file, 'express', 'raw', 'raw') : `${written[1]}.raw`
}
