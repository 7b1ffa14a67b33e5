// Routes that a form of another page can ask for: browsers send forms with GET and POST, as urlencoded, multipart or plain text, and never as JSON.
import { conductOf, looksAt } from '../conduct.js'
import { graphqlFormsOf } from './graphqlForms.js'
import type { ProjectModel, Route } from '../model.js'
import { methodName } from '../origins.js'
import type { ProtectingLink } from '../protection.js'
import { linksWith } from '../queries.js'
import { callsThat } from '../perPart.js'
import { oneOf } from '../sorted.js'
import { hasProperty, property, stringsOf } from '../values.js'
import { ownFunctions } from '../webhooks/webhookRoutes.js'

/** Whether a parser of forms stands in front. Nest registers one on both platforms. */
export function takesForms(model: ProjectModel, route: Route): boolean {
  return (
    route.app.framework === 'nest' || linksWith(model, route, 'upload').length > 0 || linksWith(model, route, 'body-parser').some(isOfForms)
  )
}

/**
 * Whether a form may have the route do something. One that looks at a body of which only JSON is read finds nothing in that of a form, and Fastify answers it
 * with 415; a text comes as a text there, in which no field is. A route that looks at no body needs none.
 */
export function mayComeOfForm(model: ProjectModel, route: Route): boolean {
  if (route.method !== 'POST' && route.method !== 'ALL') return false
  const graphql = graphqlFormsOf(route)
  if (graphql !== null)
    return graphql === 'forms' || (graphql === 'parsed' && (takesForms(model, route) || takesFormsForJson(model, route)))
  if (takesForms(model, route) || !looksAtBody(model, route)) return true
  if (route.app.framework === 'fastify') return ownParsers(model).length > 0
  const parsers = linksWith(model, route, 'body-parser')
  return parsers.length === 0 || !parsers.every(isOfJsonAlone)
}

/** `express.json({ type: '*\/*' })`: a form can write JSON as plain text. */
function takesFormsForJson(model: ProjectModel, route: Route): boolean {
  return linksWith(model, route, 'body-parser').some(
    (link) => link.effect.call !== null && methodName(link.effect.call.callee) === 'json' && !isOfJsonAlone(link),
  )
}

function looksAtBody(model: ProjectModel, route: Route): boolean {
  return ownFunctions(route).some((fn) => looksAt(conductOf(model, fn), /^(body|rawBody)$/))
}

function isOfForms({ effect }: ProtectingLink): boolean {
  return /urlencoded|formbody|^body-parser$/.test(effect.package ?? '')
}

/** `express.json()`, unless it is told to take what forms send for JSON. */
function isOfJsonAlone({ effect }: ProtectingLink): boolean {
  if (effect.call === null || methodName(effect.call.callee) !== 'json') return false
  const has = hasProperty(effect.options, 'type')
  if (effect.options === null || has === 'no') return true
  const types = property(effect.options, 'type')
  const texts = types?.kind === 'array' ? types.elements.flatMap(stringsOf) : stringsOf(types)
  return texts.length > 0 && texts.every((type) => /json/.test(type))
}

/** What a project has Fastify read besides JSON and text. */
const ownParsers = callsThat(
  ({ callee, isWrite, args }) =>
    !isWrite &&
    callee.kind === 'member' &&
    callee.name === 'addContentTypeParser' &&
    !(stringsOf(args[0] ?? null).length > 0 && stringsOf(args[0] ?? null).every((type) => /json$/.test(type))),
  { names: oneOf(['addContentTypeParser']) },
)
