// Packages of controllers that answer the errors of their actions themselves, with what the errors say.
import type { CallRecord } from '../../link/value.js'
import { type Location, sameLocation } from '../../text/location.js'
import { catchesAll, failsUnexpectedly } from './failing.js'
import type { App, ProjectModel, Route } from '../model.js'
import { originOf } from '../origins.js'
import { callsTo } from '../packageCalls.js'
import { isInProduction } from '../productionCalls.js'
import { protectsApp, routesOf } from '../queries.js'
import { recordedOnce } from '../recorded.js'
import { hasProperty, isTruthy, property, propertyAt } from '../values.js'

/** routing-controllers on one application, with its own answers to errors. */
export interface PackageAnswers {
  readonly app: App
  readonly package: string
  /** The call that registers its actions, and where its options are told of. */
  readonly call: CallRecord
  readonly at: Location
  /** Number of the argument that holds the options. */
  readonly options: number
  /** Where the option stands that has it send stacks in production as well; null where NODE_ENV decides. */
  readonly development: Location | null
  /** Actions whose errors it answers. */
  readonly actions: readonly Route[]
  /** Those that may fail with errors that nobody made for clients. */
  readonly failing: readonly Route[]
  /** True where error middleware of the project waits behind it: it gets the error when the answer is gone. */
  readonly isShadowing: boolean
}

const PACKAGE = 'routing-controllers'

/**
 * Unless `defaultErrorHandler` is off, what an action throws is answered with its message and all properties of its own,
 * in production too; with `development`, the stack goes along.
 */
export const packageAnswers: (model: ProjectModel) => readonly PackageAnswers[] = recordedOnce((model) =>
  callsTo(model, PACKAGE).flatMap((call): readonly PackageAnswers[] => {
    const name = originOf(call.callee)?.path.at(-1)
    if (!isInProduction(model, call) || (name !== 'createExpressServer' && name !== 'useExpressServer')) return []
    const [first = null, second = null] = call.args
    const options = name === 'createExpressServer' ? first : second
    const handles = property(options, 'defaultErrorHandler')
    if (handles === null ? hasProperty(options, 'defaultErrorHandler') !== 'no' : isTruthy(handles) !== 'yes') return []
    const app = model.apps.find(({ scope }) =>
      first?.kind === 'scope' ? scope === first.scope : name === 'createExpressServer' && sameLocation(scope.at, call.at),
    )
    if (app === undefined) return []
    const place = (option: string): Location => (options === null ? call.at : propertyAt(options, option))
    const actions = routesOf(model, app).filter(isAction)
    const isDeveloping = isTruthy(property(options, 'development')) === 'yes'
    return [
      {
        app,
        package: PACKAGE,
        call,
        at: handles === null ? call.at : place('defaultErrorHandler'),
        options: name === 'createExpressServer' ? 0 : 1,
        development: isDeveloping ? place('development') : null,
        actions,
        failing: actions.filter((route) => failsUnexpectedly(model, route) && !catchesAll(model, route)),
        isShadowing: protectsApp(model, app, 'error-handler').answer === 'yes',
      },
    ]
  }),
)

/** Routes whose errors such a package answers. */
export const answeredByPackages: (model: ProjectModel) => ReadonlySet<Route> = recordedOnce(
  (model) => new Set(packageAnswers(model).flatMap(({ actions }) => actions)),
)

function isAction({ entry }: Route): boolean {
  return entry.call !== null && originOf(entry.call.callee)?.package === PACKAGE
}
