// Sockets, and the routes that other services call.
import { corsPolicies } from '../../model/corsPolicies.js'
import { openPolicies } from '../../model/corsExposure.js'
import { loadedPackages } from '../../model/loadedPackages.js'
import type { Route } from '../../model/model.js'
import { protectsRoute, routesOf } from '../../model/queries.js'
import { locationKey } from '../../text/location.js'
import type { Context, ControlDefinition, Judgement } from '../control.js'
import { namesOrigins } from './headers.js'

export const sockets: readonly ControlDefinition[] = [
  {
    id: 'socket-origins',
    area: 'sockets',
    title: 'Only named sites may open sockets',
    weight: 2,
    rules: ['no-permissive-cors', 'no-credentialed-any-origin'],
    judge: socketOrigins,
  },
  {
    id: 'webhook-signatures',
    area: 'sockets',
    title: 'Webhooks check who sent them',
    weight: 3,
    rules: [],
    judge: (context) => {
      const routes = context.apps.flatMap((app) => routesOf(context.model, app)).filter(isWebhook)
      return routes.length === 0
        ? [{ status: 'not-applicable', text: 'No route is called a webhook.', shown: [], app: null }]
        : routes.map((route) => webhook(context, route))
    },
  },
]

const servers = /^(socket\.io|ws|express-ws|sockjs|@fastify\/websocket|fastify-socket\.io|@nestjs\/websockets)$/

function socketOrigins({ model }: Context): readonly Judgement[] {
  const policies = corsPolicies(model).filter(({ source }) => source === 'socket')
  const open = new Set(openPolicies(model).flatMap(({ policy, others }) => [policy, ...others].map(({ at }) => locationKey(at))))
  if (policies.length === 0) {
    const loaded = [...loadedPackages(model)].find((name) => servers.test(name))
    if (loaded === undefined) return [{ status: 'not-applicable', text: 'No package that serves sockets is loaded.', shown: [], app: null }]
    // CORS does not hold for WebSockets: a server that says nothing of origins takes them all.
    const text = `Every site may open a WebSocket unless the server looks at the origin; what ${loaded} does about it is not looked at.`
    return [{ status: 'not-judged', text, shown: [], app: null }]
  }
  return policies.map((policy): Judgement => {
    const shown = [{ at: policy.at, note: 'socket.io' }]
    if (open.has(locationKey(policy.at))) return { status: 'missing', text: 'Every site may open a socket.', shown, app: null }
    return namesOrigins(policy)
      ? { status: 'in-place', text: 'The sites are named.', shown, app: null }
      : { status: 'not-known', text: 'Which sites this names is not known, or the environment decides.', shown, app: null }
  })
}

function isWebhook({ method, path }: Route): boolean {
  return /^(POST|ALL)$/.test(method) && /web-?hooks?\b/i.test(path)
}

function webhook({ model }: Context, route: Route): Judgement {
  const name = `${route.method} ${route.path}`
  const { answer, links, isConditional } = protectsRoute(model, route, 'webhook-signature')
  const asks = protectsRoute(model, route, 'auth')
  if (answer === 'yes')
    return {
      status: isConditional ? 'partly' : 'in-place',
      text: `${name} checks a signature.`,
      shown: [{ at: links[0]?.effect.at ?? route.at, note: 'the check' }],
      app: route.app,
    }
  if (asks.answer === 'yes')
    return {
      status: 'in-place',
      text: `${name} asks for authentication.`,
      shown: [{ at: asks.links[0]?.effect.at ?? route.at, note: 'the check' }],
      app: route.app,
    }
  return {
    status: 'not-known',
    text: answer === 'unknown' ? `${name} was not understood.` : `No check of a signature was recognised for ${name}.`,
    shown: [{ at: route.at, note: name }],
    app: route.app,
  }
}
