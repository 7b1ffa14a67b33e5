// What may hash a password between the handler and the store: a schema that converts it, a hook or a setter of a model.
import { functionsBehind } from '../../link/handlers.js'
import type { Value } from '../../link/value.js'
import { conductOf } from '../conduct.js'
import { packagesLoadedBy } from '../loadedPackages.js'
import type { ProjectModel } from '../model.js'
import { methodName } from '../origins.js'
import { callsThat } from '../perPart.js'
import { productionCode } from '../productionCode.js'
import { recordedOnce } from '../recorded.js'
import { requestPart } from '../requests.js'
import { oneOf } from '../sorted.js'
import { stringOf } from '../values.js'
import { isSlowHash } from './passwordHashing.js'

const converting = oneOf(['transform', 'preprocess', 'custom', 'external'])
const conversions = callsThat(({ isWrite, callee }) => !isWrite && converting(methodName(callee) ?? ''), { names: converting })

/** `z.string().transform((text) => bcrypt.hash(text, 12))`. A function that is not the project's own may hash. */
export const hashesInSchema = recordedOnce((model: ProjectModel): boolean =>
  conversions(model).some(({ args }) =>
    args.some((arg) => isForeign(arg) || functionsBehind(arg).some((fn) => conductOf(model, fn).records.some(isSlowHash))),
  ),
)

function isForeign(value: Value): boolean {
  return value.kind === 'package' || value.kind === 'unknown' || (value.kind === 'member' && requestPart(value) === null)
}

const hookNames = /^(pre|\$extends|\$use|addHook|hook|before(Create|Save|Update|BulkCreate|Insert|Upsert|Validate)|plugin)$/
const hookCalls = callsThat(
  ({ callee, args, isWrite }) => {
    const name = methodName(callee) ?? ''
    if (isWrite || !hookNames.test(name)) return false
    return /^(addHook|hook)$/.test(name) ? /^before/.test(stringOf(args[0] ?? null) ?? '') : true
  },
  { names: (name) => hookNames.test(name) },
)

const hookFunctions = /^\$?before(Create|Save|Update|BulkCreate|Insert|Upsert|Validate)$/
const settingPackages = /^(mongoose|sequelize(-typescript)?|typeorm|@mikro-orm\/core|objection|@nestjs\/mongoose)$/

/** Whether models may change what they are given before it is written. */
export const hooksModels = recordedOnce((model: ProjectModel): boolean => {
  if (hookCalls(model).length > 0) return true
  return productionCode(model).some((facts) => {
    const functions = Object.values(facts.functions)
    if (functions.some(({ name }) => hookFunctions.test(name))) return true
    const decorators = Object.values(facts.classes).flatMap(({ members }) => members.flatMap((member) => member.decorators))
    if (decorators.some(({ expression }) => /"(Before(Insert|Update|Create|Save|Upsert)|Transform)"/.test(JSON.stringify(expression))))
      return true
    const isOfModels = packagesLoadedBy(model, facts.file).some((name) => settingPackages.test(name))
    return isOfModels && functions.some(({ name, kind }) => kind === 'setter' || /^(set|to|hooks)$/.test(name))
  })
})
