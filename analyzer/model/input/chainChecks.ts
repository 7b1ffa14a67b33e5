// Which parts and fields of a request the chain of a route checks.
import type { Value } from '../../link/value.js'
import { conductOf } from '../conduct.js'
import type { Effect } from '../effect.js'
import type { ProjectModel, Route } from '../model.js'
import { methodName } from '../origins.js'
import { linksWith, protectsRoute } from '../queries.js'
import { recorded } from '../recorded.js'
import { requestPartsIn } from '../requests.js'
import { hasProperty, stringOf } from '../values.js'
import { type Checked, EVERYTHING, together } from './checkedFields.js'
import { checkedInput, isResultOfChains } from './ownChecks.js'
import { ownHandlers } from './routeHandlers.js'
import { leavesOut } from './schemaParts.js'
import { goesByType, hasNoTypeFor } from './typePipes.js'

/** By what stands in front and by the handlers themselves. What might check anything checks everything. */
export const checkedInChain: (model: ProjectModel, route: Route) => Checked = recorded((model, route: Route) => {
  const { answer, by } = protectsRoute(model, route, 'validation')
  if (answer === 'unknown' || by === 'gateway') return EVERYTHING
  const own = ownHandlers(route).map((fn) => checkedInput(model, fn))
  const all = linksWith(model, route, 'validation')
  const hasChains = all.some(({ effect }) => isChain(effect))
  const links = hasChains ? all.filter(({ effect }) => !asksForResult(effect)) : all
  return together([
    ...own,
    ...links.map(({ link, effect }) =>
      // Classes without decorators are told of by what asks `uncheckedClasses`.
      goesByType(link.value) ? partsThat((part) => !hasNoTypeFor(model, route, [part])) : checkedBy(model, effect),
    ),
  ])
})

const PARTS = ['body', 'query', 'params'] as const

function partsThat(test: (part: (typeof PARTS)[number]) => boolean): Checked {
  return new Set(PARTS.filter(test).map((part) => `${part}.*`))
}

function checkedBy(model: ProjectModel, effect: Effect): Checked {
  if (effect.package === 'fastify.schema') return partsThat((part) => !leavesOut(effect.options, part))
  if (/^celebrate/.test(effect.package ?? '')) return partsThat((part) => hasProperty(effect.options, part) !== 'no')
  if (effect.fn === null) return isChain(effect) ? checkedByChain(effect) : EVERYTHING
  if (effect.detail === 'checks its input itself') return checkedInput(model, effect.fn)
  const parts = new Set(
    conductOf(model, effect.fn).records.flatMap(({ args }) => args.flatMap((arg) => requestPartsIn(arg).map(({ part }) => part))),
  )
  const isKnown = effect.call !== null && parts.size > 0 && !parts.has('whole')
  return isKnown ? partsThat((part) => parts.has(part)) : EVERYTHING
}

function isChain({ fn, package: name }: Effect): boolean {
  return fn === null && /^express-validator/.test(name ?? '')
}

/** `validationResult(req)` says what the chains in front found. */
function asksForResult({ call }: Effect): boolean {
  return call !== null && isResultOfChains(call)
}

/** `body('name').isString()`, `query(['page', 'size']).isInt()`; a wildcard or a path stands for its first field. */
function checkedByChain({ call }: Effect): Checked {
  let maker = call
  while (maker?.receiver?.kind === 'result') maker = maker.receiver.call
  const [given] = maker?.args ?? []
  const part = { body: 'body', query: 'query', param: 'params' }[(maker === null ? null : methodName(maker.callee)) ?? '']
  if (part === undefined || given === undefined) return EVERYTHING
  const names: readonly Value[] = given.kind === 'array' && !given.isOpen ? given.elements : [given]
  const fields = names.map((one) => /^[^.*[]+/.exec(stringOf(one) ?? '')?.[0])
  return fields.every((field) => field !== undefined) ? new Set(fields.map((field) => `${part}.${field}`)) : EVERYTHING
}
