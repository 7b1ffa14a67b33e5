// The way between clients, proxies and the server, and from the server to others.
import { encryptionOf, plainHttpOf } from '../../model/transport/encryption.js'
import { isNestOnFastify } from '../../model/nestPlatform.js'
import { permissiveTrustOf, type PermissiveTrust } from '../../model/operations/permissiveTrust.js'
import { trustProxyOf, type TrustProxy } from '../../model/transport/trustProxy.js'
import type { App, ProjectModel } from '../../model/model.js'
import type { Context, ControlDefinition, Judgement } from '../control.js'
import { unlessFound } from '../fromFindings.js'
import { eachApp } from './places.js'

export const transport: readonly ControlDefinition[] = [
  {
    id: 'https',
    area: 'transport',
    title: 'Clients are served over HTTPS',
    weight: 2,
    rules: ['require-https-redirect', 'require-modern-tls'],
    judge: (context) => context.apps.map((app) => https(context, app)),
  },
  {
    id: 'trusted-proxies',
    area: 'transport',
    title: 'Only proxies that are named say who the client is',
    weight: 2,
    rules: ['no-permissive-trust-proxy'],
    judge: (context) => context.apps.map((app) => trustedProxies(context, app)),
  },
  {
    id: 'verified-certificates',
    area: 'transport',
    title: 'Certificates of other servers are verified',
    weight: 3,
    rules: ['no-disabled-tls-verification'],
    judge: verifiedCertificates,
  },
]

function https({ model }: Context, app: App): Judgement {
  const shown = encryptionOf(model, app)
  if (shown.length > 0) return { status: 'in-place', text: 'TLS is set up in this project.', shown, app }
  const plain = plainHttpOf(model, app)
  if (plain !== null && plain.port !== null)
    return { status: 'missing', text: 'Cookies go over plain HTTP.', shown: [{ at: plain.port, note: 'open to everybody' }], app }
  return {
    status: 'not-judged',
    text: 'It speaks plain HTTP here; a proxy in front that ends TLS cannot be seen from the code.',
    shown: [{ at: app.at, note: app.name }],
    app,
  }
}

/** What is told of an application by which proxies it trusts, with these words where it names them. null where it trusts none. */
export function judgeTrust(model: ProjectModel, app: App, named: string): Judgement | null {
  const permissive = permissiveTrustOf(model, app)
  if (permissive !== null) {
    const { at, name } = permissive.setting
    return { status: 'missing', text: distrusted[permissive.kind], shown: [{ at, note: name }], app }
  }
  const { kind, setting } = trustProxyOf(model, app.scope)
  if (kind === 'none') return null
  const shown = trustPlaces(app, setting)
  if (kind === 'some') return { status: 'in-place', text: named, shown, app }
  return { status: 'not-known', text: 'Which proxies are trusted is not known.', shown, app }
}

/** Where trust is set; the application where nothing sets it. */
export function trustPlaces(app: App, setting: TrustProxy['setting']): Judgement['shown'] {
  return [{ at: setting?.at ?? app.at, note: setting?.name ?? app.name }]
}

function trustedProxies({ model }: Context, app: App): Judgement {
  const judged = judgeTrust(model, app, 'Named proxies are trusted.')
  if (judged !== null) return judged
  const shown = trustPlaces(app, trustProxyOf(model, app.scope).setting)
  // The options of a Fastify that is handed to Nest are not read.
  if (isNestOnFastify(app)) return { status: 'not-known', text: 'Whether the Fastify below trusts proxies is not known.', shown, app }
  return { status: 'in-place', text: 'No proxy is trusted: the address of the connection counts.', shown, app }
}

/** What is wrong with trust that goes too far. */
const distrusted: Readonly<Record<PermissiveTrust['kind'], string>> = {
  all: 'Every address is trusted, so a client can choose its own.',
  default: 'Every address is trusted unless a setting says otherwise.',
  switched: 'A setting has every address trusted, and names none.',
  ignored: 'Fastify believes no proxy that is only counted.',
  hops: 'Proxies are only counted, so whoever gets past them can choose an address.',
  text: 'A text is taken for a name of a proxy, and not for a number of them.',
}

/** Findings of low confidence are doubts: `unlessFound` withholds the all-clear for them. */
function verifiedCertificates(context: Context): readonly Judgement[] {
  const text = 'No code was found that switches the verification off.'
  return unlessFound(context, ['no-disabled-tls-verification'], { text, shown: eachApp(context) })
}
