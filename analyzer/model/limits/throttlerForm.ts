// How limits of @nestjs/throttler are written in a project: by its version, and by the names that its module gives to throttlers.
import type { App, ProjectModel } from '../model.js'
import { runsIn } from '../operations/processes.js'
import { property, stringOf } from '../values.js'
import { versionOf } from '../versions.js'
import type { WantedLimit } from './limiterCode.js'
import { limitersOf, type Limiter } from './limiters.js'
import { THROTTLER } from './limits.js'

export interface ThrottlerForm {
  /** The throttler that a decorator changes. Where several count, the one with the longest window, so that the short ones stay as they are. */
  readonly name: string
  /** Before version 5 there is one throttler, seconds count, and decorators take plain numbers. */
  readonly isOld: boolean
}

/** The form for decorators in `file` and for the module of the application (domain facts C27 and C28). */
export function throttlerForm(model: ProjectModel, app: App, file: string): ThrottlerForm {
  const isOld = (versionOf(model, file, THROTTLER)?.major ?? 5) < 5
  const limiters = limitersOf(model).filter((one) => one.package === THROTTLER && one.options !== null && runsIn(model, one.call, app))
  const [longest] = limiters.toSorted((a, b) => (b.limit.window ?? 0) - (a.limit.window ?? 0))
  const isUnnamed = longest === undefined || limiters.some((one) => nameOf(one) === 'default')
  return { name: isOld || isUnnamed ? 'default' : nameOf(longest), isOld }
}

function nameOf({ options }: Limiter): string {
  return stringOf(property(options, 'name')) ?? 'default'
}

/** The options of one throttler. */
export function throttlerText({ limit, minutes }: WantedLimit, { isOld }: Pick<ThrottlerForm, 'isOld'>): string {
  return `ttl: ${minutes * (isOld ? 60 : 60_000)}, limit: ${limit}`
}

/** The module that has this one limit. */
export function throttlerModule(name: string, wanted: WantedLimit, form: ThrottlerForm): string {
  const options = `{ ${throttlerText(wanted, form)} }`
  return `${name}.forRoot(${form.isOld ? options : `[${options}]`})`
}
