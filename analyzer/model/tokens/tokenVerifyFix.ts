// Puts a verification in the place of a call that only reads a token.
import { FixRefused, type Editor } from '../../fix/fix.js'
import { functionsBehind } from '../../link/handlers.js'
import type { CallRecord } from '../../link/value.js'
import { describe } from '../describe.js'
import { functionsOf } from './flows.js'
import type { ProjectModel } from '../model.js'
import { signingAlgorithm } from './tokenKeys.js'
import { tokenCalls } from './tokenCalls.js'
import type { TokenRead } from './tokenReads.js'
import { possibleValues } from '../values.js'

/** What writes it; null where the key is not known, or the call stands in a form that cannot be changed in place. */
export function verifyingCall(model: ProjectModel, { call, kind, library, token }: TokenRead): ((editor: Editor) => void) | null {
  if (kind === 'told so') return (editor) => editor.setArgument(call.at, 2, 'false')
  if (kind === 'by hand') return null
  if (!call.isCaught && isOfConnection(model, call)) return null
  if (library === '@nestjs/jwt') return (editor) => rename(editor, call.at, '.decode(', '.verify(')
  if (library === '@fastify/jwt') {
    const [from, to] = call.args.length === 0 ? (['.jwtDecode(', '.jwtVerify('] as const) : (['.decode(', '.verify('] as const)
    return (editor) => rename(editor, call.at, from, to)
  }
  if (library !== 'jsonwebtoken' || call.args.length !== 1) return null
  // A provider signed those, with a key of its own.
  if (/id_?token|credential|google|apple|facebook|azure|cognito|firebase/i.test(describe(token))) return null
  const key = ownKey(model)
  const algorithm = signingAlgorithm(model, null)
  if (key === null || algorithm === null) return null
  return (editor) => {
    const text = editor.text(call.at)
    const argument = text.slice(text.indexOf('(') + 1, -1)
    if (!/^[\w$]+\.decode\(/.test(text)) throw new FixRefused('The function has a name of its own.')
    const mark = editor.isTypeScript(call.at.file) ? '!' : ''
    editor.replace(
      call.at,
      `${text.slice(0, text.indexOf('.'))}.verify(${argument}, process.env.${key}${mark}, { algorithms: ['${algorithm}'] })`,
    )
  }
}

/** What a gateway throws while somebody connects is caught by nobody: a wrong token would end the process. */
function isOfConnection(model: ProjectModel, call: CallRecord): boolean {
  const functions = functionsOf(call)
  const links = model.routes.flatMap(({ entry, chain }) => (entry.scope.kind === 'gateway' ? chain : []))
  return links
    .flatMap(({ value }) => functionsBehind(value))
    .some(({ source, facts }) => facts.name === 'handleConnection' && functions.has(`${source.file}#${facts.id}`))
}

function rename(editor: Editor, at: TokenRead['call']['at'], from: string, to: string): void {
  const text = editor.text(at)
  if (text.split(from).length !== 2) throw new FixRefused('The call is written in another way.')
  editor.replace(at, text.replace(from, to))
}

/** The one variable that this project signs with. */
function ownKey(model: ProjectModel): string | null {
  const keys = tokenCalls(model, 'sign').flatMap(({ library, key }) =>
    library === 'jsonwebtoken' ? possibleValues(key).map((one) => (one.kind === 'environment' && one.name !== '*' ? one.name : '')) : [],
  )
  const [only, second] = [...new Set(keys)]
  return only === undefined || only === '' || second !== undefined ? null : only
}
