// Webhooks act only on what their sender signed.
import { asvs, cwe, defineRule, type Problem } from '../../analyzer/check/rule.js'
import { describe } from '../../analyzer/model/describe.js'
import type { App } from '../../analyzer/model/model.js'
import { stripeEvidence, stripeFaults, type StripeFault } from '../../analyzer/model/webhooks/stripeEvents.js'
import { parserTexts, stripeFix } from '../../analyzer/model/webhooks/stripeFix.js'
import { uncheckedWebhooks, webhookEvidence, type UncheckedWebhook } from '../../analyzer/model/webhooks/uncheckedWebhooks.js'
import { othersText, routeName } from '../../analyzer/model/routePlaces.js'
import { weakest } from '../../analyzer/model/verdict.js'

const bytes = 'The signature is made over the bytes that were sent.'
const refused = 'Each event is refused, also those of the sender, and whoever needs them to arrive switches the check off.'

export default defineRule({
  id: 'require-webhook-signature',
  summary: 'Webhooks act only on what their sender signed.',
  category: 'sockets',
  severity: 'error',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(345),
    asvs('13.2.6'),
    { name: 'Stripe: Verify webhook signatures', url: 'https://docs.stripe.com/webhooks#verify-official-libraries' },
    { name: 'GitHub: Securing your webhooks', url: 'https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries' },
  ],
  messages: {
    unchecked: {
      what: '`{route}` acts on what anybody sends{others}.',
      why: 'The address of a webhook is no secret: it stands in logs, in settings and in documentation. Whoever sends there what the service would send is believed, and marks orders as paid, changes subscriptions or starts deployments.',
      how: 'Verify the signature over the raw body before anything else, such as with stripe.webhooks.constructEvent or with an HMAC that crypto.timingSafeEqual compares, and refuse what is older than five minutes.',
    },
    late: {
      what: '`{route}` acts before it has checked who asks{others}.',
      why: 'What was done for a wrong signature is not undone by the answer 401: whoever sends something to this address is believed, and is told afterwards that they should not have been.',
      how: 'Verify the signature first, and do the rest behind it.',
    },
    switched: {
      what: '`{route}` is checked only where {variable} is set{others}.',
      why: 'Where the variable is missing, after a move or in a new environment, everybody is believed and nobody notices.',
      how: 'Refuse the request, or better the start, where the secret is missing.',
    },
    parsed: {
      what: '`{route}` verifies an object and not the bytes that were signed.',
      why: `${bytes} {parser} has read them and made an object, for which constructEvent throws. ${refused}`,
      how: '{remedy}.',
    },
    remade: {
      what: '`{route}` verifies a text that is made anew and not the one that was signed.',
      why: `${bytes} JSON.stringify gives the same text only as long as the sender writes it in the same way: a space, or a number that is written differently, and each event is refused.`,
      how: '{remedy}.',
    },
    unset: {
      what: '`{route}` verifies rawBody, which nothing fills.',
      why: `Nest keeps the bytes of a body where the application is made with rawBody: true, and only there. ${refused}`,
      how: 'Make the application with NestFactory.create(AppModule, { rawBody: true }).',
    },
    tolerance: {
      what: 'Events of any age are accepted: the tolerance is {value}.',
      why: 'Whoever has seen an event once, in a log or a proxy, can send it again years later: the signature stays right. The time that is signed with it is there to prevent that.',
      how: 'Leave the tolerance away: 300 seconds count then.',
    },
  },
  *check(model) {
    for (const app of model.apps) for (const group of uncheckedWebhooks(model, app)) yield unchecked(app, group)
    for (const fault of stripeFaults(model)) yield misread(fault)
  },
})

function unchecked(app: App, group: readonly UncheckedWebhook[]): Problem<UncheckedWebhook['fault']> {
  const [first, ...rest] = group
  const confidences = group.map(({ confidence }) => confidence)
  const fault = first?.fault ?? 'unchecked'
  const [one, many] = fault === 'switched' ? ['is', 'are'] : ['does', 'do']
  return {
    message: fault,
    at: first?.route.at ?? app.at,
    data: {
      route: routeName(first?.route),
      others: othersText(rest.length, `, and so ${one} {more}`, `, and so ${many} {more}`),
      variable: first?.variable ?? '',
    },
    confidence: weakest(confidences, 'strongest'),
    ...(fault === 'switched' ? { severity: 'warning' as const } : {}),
    related: webhookEvidence(app, group),
  }
}

function misread(fault: StripeFault): Problem<StripeFault['kind']> {
  const { kind, at, call, route, confidence } = fault
  return {
    message: kind,
    at,
    data: { route: routeName(route), value: describe(call.args[3] ?? null), ...parserTexts(fault) },
    confidence,
    ...(kind === 'remade' ? { severity: 'warning' as const } : {}),
    related: stripeEvidence(fault),
    fix: stripeFix(fault),
  }
}
