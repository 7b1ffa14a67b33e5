// Sockets, and the routes that other services call.
import { corsPolicies, type CorsPolicy } from '../../model/cors/corsPolicies.js'
import { openPolicies } from '../../model/cors/corsExposure.js'
import { loadedPackages } from '../../model/loadedPackages.js'
import type { Route } from '../../model/model.js'
import { admissions, type Admission } from '../../model/sockets/socketAdmission.js'
import { socketServers } from '../../model/sockets/socketServers.js'
import { protectsRoute } from '../../model/queries.js'
import { checksSender, comparesConstant } from '../../model/webhooks/webhookChecks.js'
import { webhookRoutes } from '../../model/webhooks/webhookRoutes.js'
import { locationKey } from '../../text/location.js'
import type { Context, ControlDefinition, Judgement } from '../control.js'
import { againstIt, withheld } from '../fromFindings.js'
import { isOfSockets, namesOrigins } from './headers.js'
import { routeName } from '../../model/routePlaces.js'

export const sockets: readonly ControlDefinition[] = [
  {
    id: 'socket-origins',
    area: 'sockets',
    title: 'Only named sites may open sockets',
    weight: 2,
    rules: ['no-permissive-cors', 'no-credentialed-any-origin', 'require-socket-origin-check'],
    concerns: ({ model }, { ruleId, at }) => ruleId === 'require-socket-origin-check' || isOfSockets(model, at),
    judge: socketOrigins,
  },
  {
    id: 'socket-messages',
    area: 'sockets',
    title: 'Messages of sockets have a largest size',
    weight: 1,
    rules: ['require-socket-limits'],
    judge: messageSizes,
  },
  {
    id: 'webhook-signatures',
    area: 'sockets',
    title: 'Webhooks check who sent them',
    weight: 3,
    rules: ['require-webhook-signature'],
    judge: webhooks,
  },
]

const servers = /^(socket\.io|ws|express-ws|sockjs|@fastify\/websocket|fastify-socket\.io|@nestjs\/websockets)$/

/** What a server of sockets is judged by: a list of origins, and otherwise what looks at connections. */
function socketOrigins(context: Context): readonly Judgement[] {
  const { model } = context
  const policies = corsPolicies(model).filter(({ source }) => source === 'socket')
  const open = new Set(openPolicies(model).flatMap(({ policy, others }) => [policy, ...others].map(({ at }) => locationKey(at))))
  const found = againstIt(context, ['require-socket-origin-check'])
  const told = new Set(found.flatMap(({ shown }) => shown.map(({ at }) => locationKey(at))))
  const listed = new Set(policies.map(({ call }) => locationKey(call.at)))
  const others = admissions(model).filter(
    ({ server }) => !told.has(locationKey(server.call.at)) && !listed.has(locationKey(server.call.at)),
  )
  const judgements = [
    ...policies.filter(({ call }) => !told.has(locationKey(call.at))).map((policy) => byPolicy(policy, open)),
    ...found,
    ...others.map(byAdmission),
  ]
  if (judgements.length > 0) return judgements
  const loaded = [...loadedPackages(model)].find((name) => servers.test(name))
  if (loaded === undefined) return [{ status: 'not-applicable', text: 'No package that serves sockets is loaded.', shown: [], app: null }]
  // CORS does not hold for WebSockets: a server that says nothing of origins takes them all.
  const text = `Every site may open a WebSocket unless the server looks at the origin; what ${loaded} does about it is not looked at.`
  return [{ status: 'not-judged', text, shown: [], app: null }]
}

function byPolicy(policy: CorsPolicy, open: ReadonlySet<string>): Judgement {
  const shown = [{ at: policy.at, note: 'socket.io' }]
  if (open.has(locationKey(policy.at))) return { status: 'missing', text: 'Every site may open a socket.', shown, app: null }
  return namesOrigins(policy)
    ? { status: 'in-place', text: 'The sites are named.', shown, app: null }
    : { status: 'not-known', text: 'Which sites this names is not known, or the environment decides.', shown, app: null }
}

function byAdmission({ server, answer, shown }: Admission): Judgement {
  const places = [...shown.slice(0, 3).map((at) => ({ at, note: 'looks at connections' })), { at: server.call.at, note: server.name }]
  if (answer === 'asks') return { status: 'in-place', text: 'Something looks at who connects.', shown: places, app: null }
  const text = answer === 'open' ? 'Nothing was seen that looks at who connects.' : 'What looks at who connects was not understood.'
  return { status: 'not-known', text, shown: [{ at: server.call.at, note: server.name }], app: null }
}

/** By what each server is told; what packages take of themselves is for the rule to know. */
function messageSizes(context: Context): readonly Judgement[] {
  const found = againstIt(context, ['require-socket-limits'])
  if (found.length > 0) return found
  const doubt = withheld(context, ['require-socket-limits'])
  if (doubt !== null) return [doubt]
  const all = socketServers(context.model)
  const loaded = [...loadedPackages(context.model)].some((name) => servers.test(name))
  if (all.length === 0)
    return [
      loaded
        ? { status: 'not-judged', text: 'No server of sockets was recognised.', shown: [], app: null }
        : { status: 'not-applicable', text: 'No package that serves sockets is loaded.', shown: [], app: null },
    ]
  return all.map(({ options, call, name }): Judgement => {
    const isKnown = options !== 'unknown' && options?.isOpen !== true
    const text = isKnown ? 'Nothing lets in more than 10 MiB.' : 'What it is told is not known.'
    return { status: isKnown ? 'in-place' : 'not-known', text, shown: [{ at: call.at, note: name }], app: null }
  })
}

function webhooks(context: Context): readonly Judgement[] {
  const routes = context.apps.flatMap((app) => webhookRoutes(context.model, app)).map(({ route }) => route)
  const found = againstIt(context, ['require-webhook-signature'])
  if (routes.length === 0 && found.length === 0)
    return [{ status: 'not-applicable', text: 'No route is called a webhook.', shown: [], app: null }]
  const told = new Set(found.flatMap(({ shown }) => shown.map(({ at }) => locationKey(at))))
  return [...found, ...routes.filter(({ at }) => !told.has(locationKey(at))).map((route) => webhook(context, route))]
}

function webhook({ model }: Context, route: Route): Judgement {
  const name = routeName(route)
  const answer = checksSender(model, route)
  if (answer !== 'yes') {
    const text = answer === 'unknown' ? `${name} was not understood.` : `No check of a signature was recognised for ${name}.`
    return { status: 'not-known', text, shown: [{ at: route.at, note: name }], app: route.app }
  }
  const checks = [protectsRoute(model, route, 'webhook-signature'), protectsRoute(model, route, 'auth')]
  const by = checks.find((one) => one.answer === 'yes')
  if (by === undefined && comparesConstant(model, route)) {
    const text = `${name} compares a text that is the same for every request: no signature of what was sent.`
    return { status: 'partly', text, shown: [{ at: route.at, note: name }], app: route.app }
  }
  return {
    status: by?.isConditional === true ? 'partly' : 'in-place',
    text: `${name} ${by === checks[1] && by !== undefined ? 'asks for authentication' : 'asks who sent it'}.`,
    shown: [{ at: by?.links[0]?.effect.at ?? route.at, note: 'the check' }],
    app: route.app,
  }
}
