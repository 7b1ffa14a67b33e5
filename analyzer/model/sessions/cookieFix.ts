// Writes what a cookie lacks into its options.
import type { Editor } from '../../fix/fix.js'
import { suggestion, type Fix } from '../../fix/fix.js'
import type { Value } from '../../link/value.js'
import { sameLocation, type Location } from '../../text/location.js'
import type { CookieAttribute } from './cookieAttributes.js'
import type { CookieFault } from './cookieFaults.js'
import { sessionApplication } from './sessionApplications.js'
import { isNestOnFastify } from '../nestPlatform.js'
import type { App, ProjectModel } from '../model.js'
import { trustOneOf } from '../transport/trustFix.js'
import { trustProxyOf } from '../transport/trustProxy.js'

/** null where the options stand in no literal that a fix could change. */
export function cookieFix(model: ProjectModel, fault: CookieFault): Fix | null {
  const { setup, call, options } = fault.cookie
  if (options === null) return null
  const { value, argument, key } = options
  const codes = codesFor(fault)
  const app = fault.lacks.includes('secure') && setup !== null ? untrusting(model, sessionApplication(model, setup)) : null
  const title = `Set ${fault.lacks.join(', ')}`
  const trust = (editor: Editor): void => {
    if (app !== null) trustOneOf(app).edit(editor)
  }
  if (value === null && key !== null)
    return suggestion(title, (editor) => {
      editor.setProperty(call.at, key, `{ ${fault.lacks.map((one) => `${one}: ${codes[one]}`).join(', ')} }`, argument)
      trust(editor)
    })
  if (value === null)
    // An argument that is missing is written once.
    return suggestion(title, (editor) => {
      editor.setArgument(call.at, argument, `{ ${fault.lacks.map((one) => `${one}: ${codes[one]}`).join(', ')} }`)
      trust(editor)
    })
  const target = literalAt(value)
  if (target === null) return null
  const whole = setup === null ? value : setup.options
  const written = call.argsAt[argument]
  const isInPlace = whole !== null && written !== undefined && sameLocation(whole.at, written)
  return suggestion(title, (editor) => {
    // An object with a name of its own would have any text there.
    const suffix = !isInPlace && editor.isTypeScript(target.file) ? ' as const' : ''
    for (const one of fault.lacks) editor.setProperty(target, one, one === 'sameSite' ? codes[one] + suffix : codes[one])
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

/** Browsers drop a cookie for all sites that is not secure, also where the server is developed. */
function codesFor({ cookie }: CookieFault): Readonly<Record<CookieAttribute, string>> {
  const isForAllSites = cookie.attributes.some((one) => one.isForAllSites)
  return { secure: isForAllSites ? 'true' : "process.env.NODE_ENV === 'production'", httpOnly: 'true', sameSite: "'lax'" }
}
