// What requests may carry.
import { bodyLimits, type BodyLimit } from '../../model/input/bodyLimits.js'
import { LARGE_BODY, sizeText } from '../../model/input/byteSizes.js'
import { mayReadBody } from '../../model/input/routeHandlers.js'
import type { App, ProjectModel, Route } from '../../model/model.js'
import { isNestOnFastify } from '../../model/nestPlatform.js'
import { callsTo } from '../../model/packageCalls.js'
import { protectsRoute } from '../../model/queries.js'
import type { Context, ControlDefinition, Judgement } from '../control.js'
import { coverage } from '../coverage.js'
import { againstIt } from '../fromFindings.js'

const BODY_LIMIT = ['require-body-limit']
const VALIDATION = ['require-input-validation', 'require-validation-whitelist', 'no-mass-assignment']

export const input: readonly ControlDefinition[] = [
  {
    id: 'body-limit',
    area: 'input',
    title: 'The size of request bodies is limited',
    weight: 2,
    rules: BODY_LIMIT,
    // Sizes of bodies are told by application; uploads of any size only the rule finds.
    judge: (context) => [...againstIt(context, BODY_LIMIT, 'partly'), ...context.apps.flatMap((app) => bodySizes(context, app))],
  },
  {
    id: 'validation',
    area: 'input',
    title: 'Bodies are validated before handlers use them',
    weight: 2,
    rules: VALIDATION,
    judge: (context) => [...againstIt(context, VALIDATION, 'partly'), ...context.apps.map((app) => validated(context, app))],
  },
]

function validated(context: Context, app: App): Judgement {
  const judgement = coverage(context, app, {
    capability: 'validation',
    noun: 'validation',
    needs: (route) => takesBody(context.model, route),
  })
  // Handlers may check by hand, which is not recognised as validation in front.
  return judgement.status === 'missing'
    ? { ...judgement, status: 'not-known', text: `${judgement.text} Checks inside handlers are not recognised.` }
    : judgement
}

/** Whoever validates one takes one. */
function takesBody(model: ProjectModel, route: Route): boolean {
  if (!/^(POST|PUT|PATCH)$/.test(route.method)) return false
  return mayReadBody(model, route) || protectsRoute(model, route, 'validation').answer === 'yes'
}

function bodySizes({ model, hasRun }: Context, app: App): readonly Judgement[] {
  const limits = bodyLimits(model, app)
  // What the rule finds, its findings tell.
  const isTold = BODY_LIMIT.every(hasRun)
  if (limits.length > 0)
    return limits.filter(({ isForAll, bytes }) => !isTold || !isForAll || (bytes ?? 0) <= LARGE_BODY).map((limit) => judged(limit))
  if (app.framework === 'express') return [{ status: 'not-applicable', text: 'Nothing reads request bodies.', shown: [], app }]
  if (app.framework === 'fastify' || isNestOnFastify(app)) return [adapterIsKnown(model, app) ? byDefault(app, '1 MiB') : notKnown(app)]
  return [byDefault(app, '100 kB')]
}

function judged({ app, at, bytes, value, unit, isForAll }: BodyLimit): Judgement {
  const shown = [{ at, note: value === null ? 'its default' : 'the limit' }]
  if (value === null) return { status: 'in-place', text: `Bodies above ${unit === 'text' ? '100 kB' : '1 MiB'} are refused.`, shown, app }
  if (bytes === null) return { status: 'not-known', text: 'The limit is not known.', shown, app }
  if (isForAll && bytes > LARGE_BODY) return { status: 'partly', text: 'Bodies of more than 10 MB are taken.', shown, app }
  return { status: 'in-place', text: `Bodies above ${sizeText(bytes)} are refused.`, shown, app }
}

/** False where options are handed to the Fastify below Nest that were not understood. */
function adapterIsKnown(model: ProjectModel, app: App): boolean {
  if (app.framework === 'fastify') return true
  const options = callsTo(model, '@nestjs/platform-fastify', ['FastifyAdapter'])[0]?.args[0]
  return options === undefined || (options.kind === 'object' && !options.isOpen)
}

function notKnown(app: App): Judgement {
  return { status: 'not-known', text: 'The options of the Fastify below are not known.', shown: [{ at: app.at, note: app.name }], app }
}

function byDefault(app: App, limit: string): Judgement {
  const name = app.framework === 'nest' ? 'Nest' : 'Fastify'
  return { status: 'in-place', text: `${name} refuses bodies above ${limit}.`, shown: [{ at: app.at, note: 'its default' }], app }
}
