// Writes what a cookie lacks into its options.
import type { Editor } from '../fix/fix.js'
import { suggestion, type Fix } from '../fix/fix.js'
import type { Value } from '../link/value.js'
import { sameLocation, type Location } from '../text/location.js'
import type { CookieAttribute } from './cookieAttributes.js'
import type { CookieFault } from './cookieFaults.js'
import { sessionApplication } from './sessionApplications.js'
import { isNestOnFastify } from './nestPlatform.js'
import type { App, ProjectModel } from './model.js'
import { trustOneOf } from './trustFix.js'
import { trustProxyOf } from './trustProxy.js'

/** null where the options stand in no literal that a fix could change. */
export function cookieFix(model: ProjectModel, fault: CookieFault): Fix | null {
  const { setup, call, options } = fault.cookie
  const { value, argument, key } = options
  const app = fault.lacks.includes('secure') && setup !== null ? untrusting(model, sessionApplication(model, setup)) : null
  const title = `Set ${fault.lacks.join(', ')}`
  const trust = (editor: Editor): void => {
    if (app !== null) trustOneOf(app).edit(editor)
  }
  if (value === null && key !== null)
    return suggestion(title, (editor) => {
      editor.setProperty(call.at, key, `{ ${fault.lacks.map((one) => `${one}: ${codeOf(one)}`).join(', ')} }`, argument)
      trust(editor)
    })
  const target = value === null ? call.at : literalAt(value)
  if (target === null) return null
  return suggestion(title, (editor) => {
    const wanted = fault.lacks.map((one) => ({ key: one, code: codeFor(editor, one, fault, target) }))
    // An argument that is missing is written once.
    if (value === null) editor.setArgument(call.at, argument, `{ ${wanted.map(({ key, code }) => `${key}: ${code}`).join(', ')} }`)
    else for (const { key, code } of wanted) editor.setProperty(target, key, code)
    trust(editor)
  })
}

/** A secure session needs to know that the proxy was asked over HTTPS; without, no cookie is sent at all (domain fact G2). */
function untrusting(model: ProjectModel, app: App | null): App | null {
  return app === null || isNestOnFastify(app) || trustProxyOf(model, app.scope).kind !== 'none' ? null : app
}

function literalAt(value: Value): Location | null {
  return value.kind === 'object' && !value.isOpen && value.role === 'plain' ? value.at : null
}

function codeFor(editor: Editor, attribute: CookieAttribute, { cookie }: CookieFault, target: Location): string {
  const { call, options, setup } = cookie
  const whole = setup === null ? options.value : setup.options
  const written = call.argsAt[options.argument]
  const isInPlace = target === call.at || (whole !== null && written !== undefined && sameLocation(whole.at, written))
  // An object with a name of its own would have any text there.
  return attribute === 'sameSite' && !isInPlace && editor.isTypeScript(target.file) ? `${codeOf(attribute)} as const` : codeOf(attribute)
}

function codeOf(attribute: CookieAttribute): string {
  return { secure: "process.env.NODE_ENV === 'production'", httpOnly: 'true', sameSite: "'lax'" }[attribute]
}
