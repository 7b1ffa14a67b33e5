// Whether middleware could be understood, so that what it does not do counts.
import { folderOf, foldersUpFrom } from '../link/filePath.js'
import { isOwnPackage } from '../link/ownPackages.js'
import { projectPath } from '../link/projectPath.js'
import type { CallRecord, FunctionValue, Value } from '../link/value.js'
import { conductOf } from './conduct.js'
import { pickedFrom } from './delegation.js'
import { configuredEffects, wrappedValues } from './effects.js'
import { exceptedLayer } from './exceptedPaths.js'
import type { ProjectModel } from './model.js'
import { packageEffect } from './packageEffects.js'
import { recorded, recordedOnce } from './recorded.js'
import { isNext } from './requests.js'
import { possibleValues } from './values.js'

/** Whether a middleware value could be looked at. `package` names an unlisted package, which does not blind unless it is the project's own; `isBlind` is project code that was not understood (DESIGN law 10). */
export interface Opacity {
  readonly isBlind: boolean
  readonly packages: readonly string[]
}

const clear: Opacity = { isBlind: false, packages: [] }
const blind: Opacity = { isBlind: true, packages: [] }

export const opacityOf: (model: ProjectModel, value: Value) => Opacity = recorded(findOpacity)

function findOpacity(model: ProjectModel, value: Value): Opacity {
  if (configuredEffects(model, value).length > 0) return clear
  switch (value.kind) {
    case 'function':
      return conductOf(model, value).summary.isExhausted ? blind : handedOn(model, value)
    case 'array':
      return value.isOpen ? blind : together(model, value.elements)
    case 'choice':
      return together(model, possibleValues(value))
    case 'promise':
      return value.result === null ? blind : opacityOf(model, value.result)
    case 'unknown':
    case 'global':
    case 'parameter':
    case 'typed':
      return blind
    case 'package':
    case 'member':
    case 'result': {
      const excepted = value.kind === 'result' ? exceptedLayer(value) : null
      if (excepted !== null) return opacityOf(model, excepted.layer)
      if (value.kind === 'result' && wrappedValues(value).length > 0) return together(model, wrappedValues(value))
      const found = packageEffect(value)
      if (found === null) return blind
      if (runsTexts.test(found.origin.package)) return blind
      if (found.effect !== null && found.effect.kind !== 'none') return clear
      if (found.origin.path.at(-1) !== '()' && found.origin.calls.some((call) => namesFolder(model, call))) return blind
      if (found.effect !== null) return clear
      return { isBlind: isOwnPackage(model.packages, found.origin.package), packages: [found.origin.package] }
    }
    default:
      return clear
  }
}

/** `loadAll(path.join(__dirname, 'middleware'))`: what it gives may be what the project has in that folder. */
function namesFolder(model: ProjectModel, { args }: CallRecord): boolean {
  const given = args.flatMap((arg) => (arg.kind === 'object' && arg.role === 'plain' ? [...arg.properties.values()] : [arg]))
  return given.some((arg) => {
    const path = projectPath(arg)
    return path !== null && path !== '' && foldersOfCode(model).has(path)
  })
}

const foldersOfCode = recordedOnce((model): ReadonlySet<string> => {
  const folders = new Set<string>()
  for (const [file, facts] of model.files)
    if (facts.kind === 'source' && facts.language !== 'json') for (const folder of foldersUpFrom(folderOf(file))) folders.add(folder)
  return folders
})

/** What they give is whatever the text says that they run. */
const runsTexts = /^(?:vm|vm2|isolated-vm)$/

/** A layer that hands the request to another, `next` included, is as well understood as that one. Routers have their place in the chain themselves. */
function handedOn(model: ProjectModel, fn: FunctionValue): Opacity {
  const receivers = conductOf(model, fn)
    .delegations.filter(({ args }) => args.some(isNext))
    .flatMap(({ callee }) => {
      const picked = pickedFrom(model, callee)
      const all = picked.length > 0 ? picked : possibleValues(callee)
      return all.some(isRouter) ? [] : all.filter((one) => one.kind !== 'function')
    })
  return receivers.length === 0 ? clear : together(model, receivers)
}

function isRouter(value: Value): boolean {
  return value.kind === 'scope' || (value.kind === 'member' && value.name === 'handle' && value.object.kind === 'scope')
}

function together(model: ProjectModel, values: readonly Value[]): Opacity {
  const all = values.map((value) => opacityOf(model, value))
  return { isBlind: all.some((one) => one.isBlind), packages: [...new Set(all.flatMap((one) => one.packages))] }
}
