// Tells an application which proxy to trust: the code that fixes write.
import { FixRefused, suggestion, type Editor, type Fix } from '../../fix/fix.js'
import type { Location } from '../../text/location.js'
import type { App } from '../model.js'
import { isNestOnFastify } from '../nestPlatform.js'
import type { TrustProxy } from './trustProxy.js'

const privateNetworks = "['loopback', 'linklocal', 'uniquelocal']"
const ASSUMED = '// One proxy stands in front: without it clients could choose their address, behind several all would share one.'

/** Fastify counts no hops (domain fact J19). */
function titleFor(app: App): string {
  return app.framework === 'fastify' || isNestOnFastify(app) ? 'Trust proxies in private networks' : 'Trust one proxy'
}

/** Adds the setting. */
export function trustOneOf(app: App): Fix {
  return suggestion(titleFor(app), (editor) => {
    if (app.framework === 'fastify') return trustAddresses(editor, app)
    if (isNestOnFastify(app)) throw new FixRefused('the options of the adapter are not known')
    const name = editor.nameOf(app.scope)
    if (name === null) throw new FixRefused()
    editor.insertAfter(app.scope.at, `${ASSUMED}\n${settingsOf(editor, app, name)}.set('trust proxy', 1)`)
  })
}

/** What has `set`: TypeScript finds it on applications of Nest only where they are declared to stand on Express. */
function settingsOf(editor: Editor, app: App, name: string): string {
  const isDeclared = /\bNestExpressApplication\b/.test(editor.text(app.scope.at))
  return app.framework === 'nest' && !isDeclared ? `${name}.getHttpAdapter().getInstance()` : name
}

/** `app.enable('trust proxy')` and `app.set('trust proxy', …)`. */
export function trustOne(app: App, at: Location): Fix {
  return suggestion(titleFor(app), (editor) => {
    if (app.framework === 'fastify') return isOption(editor, at) ? writeOption(editor, at) : trustAddresses(editor, app)
    // The adapter has the option, which may stand anywhere.
    if (isNestOnFastify(app)) return writeOption(editor, at)
    const enabled = /^([\s\S]*)\.(?:enable|disable)\(/.exec(editor.text(at))
    if (enabled !== null) editor.replace(at, `${enabled[1]}.set('trust proxy', 1)`)
    else editor.setArgument(at, 1, '1')
  })
}

/** Whoever hands the options over may do so for one application of several. */
function isOption(editor: Editor, at: Location): boolean {
  return /^(['"]?)trustProxy\1\s*(?::|$)/.test(editor.text(at))
}

function writeOption(editor: Editor, at: Location): void {
  editor.replace(at, `trustProxy: ${privateNetworks}`)
}

/** The proxies of a platform stand in private networks. */
function trustAddresses(editor: Editor, app: App): void {
  editor.setProperty(app.scope.at, 'trustProxy', privateNetworks)
}

/** Makes a number of a text of the environment. */
export function toNumber({ setting }: Pick<TrustProxy, 'setting'>): Fix | null {
  if (setting?.value.kind !== 'environment') return null
  const { value } = setting
  return suggestion('Read it as a number', (editor) => editor.wrap(value.at, 'Number(', ')'))
}
