// When a file such as .env fills the environment: before the modules of the project are loaded, or while they boot.
import type { Editor } from '../../fix/fix.js'
import { callsTo } from '../packageCalls.js'
import type { ProjectModel } from '../model.js'
import { methodName, packageOf } from '../origins.js'
import { isAbsent, isFalse, isTrue, property } from '../values.js'

/**
 * True where variables may be missing while `file` is loaded, and be there when its functions run: `ConfigModule.forRoot()` of Nest and `@fastify/env` read the
 * file at boot, and a `dotenv.config()` of an ES module runs after everything that this module imports.
 */
export function isFilledLate(editor: Editor, model: ProjectModel, file: string): boolean {
  const nest = ['forRoot', 'forRootAsync'].flatMap((name) => callsTo(model, '@nestjs/config', ['ConfigModule', name]))
  if (nest.some(({ args: [options = null] }) => isTrue(property(options, 'ignoreEnvFile')) !== 'yes')) return true
  const loading = callsTo(model, 'dotenv', ['config'])
  if (loading.some(({ at }) => at.fn === '' && at.file === file)) return false
  return loading.some(({ at }) => at.fn !== '' || editor.isModule(at.file)) || readsFileAsPlugin(model)
}

/** Whether the file itself is one that has the environment filled, so that its own order says what is there. */
export function fillsEnvironment(model: ProjectModel, file: string): boolean {
  const nest = ['forRoot', 'forRootAsync'].flatMap((name) => callsTo(model, '@nestjs/config', ['ConfigModule', name]))
  return [...nest, ...callsTo(model, 'dotenv', ['config'])].some(({ at }) => at.file === file) || readsFileAsPlugin(model, file)
}

function readsFileAsPlugin(model: ProjectModel, file: string | null = null): boolean {
  return model.calls.some(({ at, callee, args: [plugin, options = null] }) => {
    if (
      (file !== null && at.file !== file) ||
      plugin === undefined ||
      methodName(callee) !== 'register' ||
      !/^(@fastify\/env|fastify-env)$/.test(packageOf(plugin)?.package ?? '')
    )
      return false
    const given = property(options, 'dotenv')
    return isAbsent(given) !== 'yes' && isFalse(given) !== 'yes'
  })
}
