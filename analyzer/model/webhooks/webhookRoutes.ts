// Routes that other services call when something happened there: webhooks.
import { functionsBehind } from '../../link/handlers.js'
import { routesOf } from '../appRoutes.js'
import { conductOf, handsOn, looksAt } from '../conduct.js'
import type { App, Confidence, ProjectModel, Route } from '../model.js'
import { recorded } from '../recorded.js'
import { pathWords } from '../routePaths.js'
import { protectsRoute } from '../queries.js'
import { requestPartsIn } from '../requests.js'

export interface WebhookRoute {
  readonly route: Route
  /** What says so, as a clause. */
  readonly why: string
  /** Low where the path may be known to nobody else, as a password is. */
  readonly confidence: Confidence
}

/** Routes of an application that take what other services send. Those by which users manage webhooks of their own are none. */
export const webhookRoutes: (model: ProjectModel, app: App) => readonly WebhookRoute[] = recorded((model, app) => {
  const routes = routesOf(model, app)
  const all = routes.filter(({ entry }) => !entry.isOff)
  return all.flatMap((route) => webhookAt(model, route, all) ?? [])
})

const senders = new Set(
  'stripe github gitlab bitbucket gitea paypal braintree adyen square razorpay paystack flutterwave mollie mercadopago paddle lemonsqueezy lemon polar chargebee recurly gocardless coinbase coingate nowpayments payu klarna iyzico xendit midtrans cashfree phonepe paymob twilio sendgrid mailgun mailchimp mailjet postmark resend brevo sendinblue sparkpost ses sns slack discord telegram whatsapp messenger facebook instagram meta line viber zoom calendly hubspot salesforce intercom zendesk freshdesk shopify woocommerce bigcommerce clerk auth0 workos svix linear jira trello asana notion airtable typeform docusign hellosign dropbox plaid persona onfido sumsub vercel netlify circleci jenkins sentry pagerduty contentful sanity strapi dialogflow elevenlabs vapi retell livekit mux cloudinary daily uploadthing inngest revenuecat appstore googleplay wise easypost shippo shipstation printful alchemy moralis helius persona x402'.split(
    ' ',
  ),
)

const headers =
  /^(?:stripe-signature|x-hub-signature(?:-256)?|x-signature(?:-[\w-]+)?|svix-(?:id|signature|timestamp)|webhook-(?:id|signature)|x-twilio-signature|x-shopify-(?:hmac-sha256|topic)|x-slack-signature|x-(?:github|gitlab|gitea)-(?:event|token|delivery)|x-gitlab-token|paypal-(?:transmission-sig|transmission-id|auth-algo)|x-(?:razorpay|paystack|line|zm|wc-webhook|cc-webhook|webhook)-signature|verif-hash|paddle-signature|x-square-(?:hmacsha256-)?signature|x-hubspot-signature[\w-]*|typeform-signature|linear-signature|x-telegram-bot-api-secret-token)$/i

/** Words behind the one that says webhook, with which users manage their own. */
const managing =
  /^(?:create|add|new|register|update|edit|delete|remove|test|tests|list|all|enable|disable|toggle|settings?|config|configs|configuration|subscribe|subscriptions?|unsubscribe|resend|retry|replay|redeliver|logs?|history|deliveries|endpoints?|secrets?|rotate|admin|manage|management|dashboard|users?|me|validate|health|status|listener)$/

function webhookAt(model: ProjectModel, route: Route, all: readonly Route[]): WebhookRoute | null {
  if (!['POST', 'ALL'].includes(route.method)) return null
  const words = pathWords(route.path)
  const at = words.findIndex((word) => /^(?:hooks?|webhooks?|ipn)$/.test(word))
  const sender = words.find((word) => senders.has(word))
  const isNotified = notified.test(words.slice(-2).join(' '))
  if (at === -1 && sender === undefined) return besideSigned(model, route, all)
  if (words.some((word) => /^(?:admin|settings?|config|dashboard|manage)$/.test(word))) return null
  if (readsHeaders(model, route)) return { route, why: 'it reads the headers of one', confidence: 'high' }
  if ((at === -1 && !isNotified) || words.slice(at + 1).some((word) => managing.test(word))) return null
  if ((sender === undefined && isManaged(route, all)) || takesAddress(model, route)) return null
  const isGuessable = !(sender === undefined ? /\/:/ : /hooks?\b.*\/:/i).test(route.path)
  const confidence = !isGuessable ? 'low' : sender === undefined || at === -1 ? 'medium' : 'high'
  return { route, why: `path says "${words.join(' ')}"`, confidence }
}

/** What senders call without the word. */
const notified =
  /^(?:slack|stripe|github) events$|^(?:paypal|mercadopago|midtrans|adyen|klarna|flutterwave|paystack|razorpay|payu|xendit) notifications?$/

/** `POST /callbacks/payouts`, where another route below `/callbacks` looks at the signature of its sender. Where events are listed or have numbers, they are what the server is about. */
function besideSigned(model: ProjectModel, route: Route, all: readonly Route[]): WebhookRoute | null {
  const [, prefix, word = '', name = ''] =
    /^(.*?\/(callbacks?|inbound|incoming|notifications?|events|postbacks?))\/([\w-]+)$/i.exec(route.path) ?? []
  if (prefix === undefined || managing.test(name) || takesAddress(model, route)) return null
  if (all.some(({ method, path }) => path.startsWith(`${prefix}/:`) || (path === prefix && method === 'GET'))) return null
  const signed = all.find(
    (other) =>
      other.entry !== route.entry &&
      (other.path === prefix || other.path.startsWith(`${prefix}/`)) &&
      (readsHeaders(model, other) || protectsRoute(model, other, 'webhook-signature').answer === 'yes'),
  )
  return signed === undefined
    ? null
    : { route, why: `path says "${word}", as that of ${signed.path}, which is signed`, confidence: 'medium' }
}

function readsHeaders(model: ProjectModel, route: Route): boolean {
  return ownFunctions(route)
    .map((fn) => conductOf(model, fn))
    .some((conduct) => looksAt(conduct, headers) || handsOn(conduct, headers))
}

/** Where the same path is listed, changed or deleted as well, it holds the webhooks of users. A GET alone may be the challenge of a sender. */
function isManaged({ path, entry }: Route, all: readonly Route[]): boolean {
  const others = all.filter((other) => other.entry !== entry && (other.path === path || other.path.startsWith(`${path}/:`)))
  return (
    others.some(({ method }) => /^(?:PUT|PATCH|DELETE)$/.test(method)) || (/s$/.test(path) && others.some(({ method }) => method === 'GET'))
  )
}

const address = /^(?:url|uri|\w*webhook\w*|(?:callback|target)_?ur[il]|endpoint\w*)$/i

/** The handler is told an address to call: that is how a webhook of a user is made. */
function takesAddress(model: ProjectModel, route: Route): boolean {
  const conducts = ownFunctions(route).map((fn) => conductOf(model, fn))
  // Most speak of none, and are not looked at part by part.
  return conducts
    .filter((conduct) => looksAt(conduct, address))
    .some(({ records }) =>
      records.some(({ args }) => args.some((arg) => requestPartsIn(arg).some(({ part, name }) => part === 'body' && address.test(name)))),
    )
}

/** The functions of the project that the route itself runs. */
export function ownFunctions(route: Route): readonly ReturnType<typeof functionsBehind>[number][] {
  return route.chain.filter((link) => link.entry === route.entry).flatMap((link) => functionsBehind(link.value))
}
