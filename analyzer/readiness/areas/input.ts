// What requests may carry.
import type { Value } from '../../link/value.js'
import type { App, ProjectModel } from '../../model/model.js'
import { isNestOnFastify } from '../../model/nestPlatform.js'
import { callsTo } from '../../model/packageCalls.js'
import { registrationsOf } from '../../model/registrations.js'
import { isAbsent, numberOf, property, stringOf } from '../../model/values.js'
import type { Context, ControlDefinition, Judgement } from '../control.js'
import { coverage } from '../coverage.js'

/** Above this a handful of requests at once fills the memory of a small server. */
const LARGE = 10 * 1024 * 1024

export const input: readonly ControlDefinition[] = [
  {
    id: 'body-limit',
    area: 'input',
    title: 'The size of request bodies is limited',
    weight: 2,
    rules: [],
    judge: (context) => context.apps.flatMap((app) => bodyLimits(context, app)),
  },
  {
    id: 'validation',
    area: 'input',
    title: 'Bodies are validated before handlers use them',
    weight: 2,
    rules: [],
    judge: (context) =>
      context.apps.map((app): Judgement => {
        const judgement = coverage(context, app, {
          capability: 'validation',
          noun: 'validation',
          needs: ({ method }) => /^(POST|PUT|PATCH)$/.test(method),
        })
        // Handlers may check by hand, which is not recognised as validation.
        return judgement.status === 'missing'
          ? { ...judgement, status: 'not-known', text: `${judgement.text} Checks inside handlers are not recognised.` }
          : judgement
      }),
  },
]

function bodyLimits({ model }: Context, app: App): readonly Judgement[] {
  if (app.framework === 'fastify') {
    const settings = app.scope.settings.filter(({ name }) => name === 'bodyLimit')
    return settings.length > 0
      ? settings.map(({ value, at }) => limitOf(value, app, at))
      : [{ status: 'in-place', text: 'Fastify refuses bodies above 1 MiB.', shown: [{ at: app.at, note: 'its default' }], app }]
  }
  const parsers = registrationsOf(model, app, 'body-parser').filter(({ isOff }) => !isOff)
  if (parsers.length === 0 && app.framework === 'nest')
    return [isNestOnFastify(app) ? adapterLimit(model, app) : nestDefault(app, '100 kB')]
  if (parsers.length === 0) return [{ status: 'not-applicable', text: 'Nothing reads request bodies.', shown: [], app }]
  return parsers.map(({ effect }) => {
    const limit = property(effect.options, 'limit')
    const isDefault = limit === null || isAbsent(limit) === 'yes'
    return isDefault
      ? { status: 'in-place', text: 'Bodies above 100 kB are refused.', shown: [{ at: effect.at, note: 'its default' }], app }
      : limitOf(limit, app, effect.at)
  })
}

/** The options of the Fastify below Nest, where they are written at the adapter. */
function adapterLimit(model: ProjectModel, app: App): Judgement {
  const [adapter] = callsTo(model, '@nestjs/platform-fastify', ['FastifyAdapter'])
  const options = adapter?.args[0] ?? null
  if (adapter === undefined || options === null) return nestDefault(app, '1 MiB')
  const limit = property(options, 'bodyLimit')
  if (limit !== null) return limitOf(limit, app, adapter.at)
  if (options.kind === 'object' && !options.isOpen) return nestDefault(app, '1 MiB')
  return {
    status: 'not-known',
    text: 'The options of the Fastify below are not known.',
    shown: [{ at: adapter.at, note: 'the adapter' }],
    app,
  }
}

function nestDefault(app: App, limit: string): Judgement {
  return { status: 'in-place', text: `Nest refuses bodies above ${limit}.`, shown: [{ at: app.at, note: 'its default' }], app }
}

function limitOf(value: Value, app: App, at: Judgement['shown'][number]['at']): Judgement {
  const bytes = bytesOf(value)
  const shown = [{ at, note: 'the limit' }]
  if (bytes === null) return { status: 'not-known', text: 'The limit is not known.', shown, app }
  if (bytes > LARGE) return { status: 'partly', text: 'Bodies of more than 10 MB are taken.', shown, app }
  return {
    status: 'in-place',
    text: `Bodies above ${bytes >= 1024 * 1024 ? `${Math.round(bytes / 1024 / 1024)} MB` : `${Math.round(bytes / 1024)} kB`} are refused.`,
    shown,
    app,
  }
}

/** Numbers are bytes; texts as the package bytes reads them: `1mb`, `100 kb`. */
function bytesOf(value: Value): number | null {
  const number = numberOf(value)
  if (number !== null) return number
  const [, amount = '', unit = 'b'] = /^\s*([\d.]+)\s*(b|kb|mb|gb)?\s*$/i.exec(stringOf(value) ?? '') ?? []
  const factor = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 }[unit.toLowerCase()] ?? 1
  return amount === '' ? null : Number(amount) * factor
}
