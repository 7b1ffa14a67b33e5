// Node's own modules, as far as servers use them to find their files, and functions that the boot provides.
import { sequenced } from './builtins/asyncPackage.js'
import { wentThrough } from './builtins/collectionPackages.js'
import { curried } from './builtins/curriedPackages.js'
import { mergedByPackage } from './builtins/mergePackages.js'
import { piped } from './builtins/pipePackages.js'
import { globbed } from './fileGlobs.js'
import { folderModules } from './folderModules.js'
import { type CallSite, type FrameworkModel, type Machine, NATIVE } from './machine.js'
import { fileFunction } from './nodeFiles.js'
import { pathFunction, urlFunction } from './nodePaths.js'
import { validatedEnvironment } from './validatedEnvironment.js'
import type { FunctionValue, Value } from './value.js'
import { globalValue, packageValue, promiseOf, undefinedAt } from './values.js'

export const nodeModel: FrameworkModel = {
  callPackage(machine, site, callee, args) {
    if (callee.package === NATIVE) return machine.natives.get(callee.path[0] ?? '')?.(args, site) ?? undefinedAt(site.at)
    const name = callee.path.filter((part) => part !== 'default' && part !== 'posix' && part !== 'promises').join('.')
    switch (callee.package) {
      case 'path':
        return pathFunction(site, name, args)
      case 'fs':
      case 'fs/promises':
      case 'fs-extra':
        return fileFunction(machine, site, callee, name, args)
      case 'url':
        return urlFunction(site, name, args[0])
      case 'module':
        return name === 'createRequire' ? globalValue(site.at, 'require') : null
      case 'util':
        if (name === 'inherits') return inherit(machine, site, args)
        if (name === 'promisify' && args[0]?.kind === 'function') return promisified(machine, site, args[0])
        return (name === 'callbackify' || name === 'deprecate') && args[0]?.kind === 'function' ? args[0] : null
      case 'glob':
      case 'fast-glob':
      case 'tinyglobby':
      case 'globby':
        return globbed(machine, site, callee, args)
      default:
        return (
          mergedByPackage(machine, site, callee, args) ??
          wentThrough(machine, site, callee, args) ??
          piped(machine, site, callee, args) ??
          curried(machine, site, callee, args) ??
          sequenced(machine, site, callee, args) ??
          folderModules(machine, site, callee, args)
        )
    }
  },
  callScope: () => null,
  onOpaqueCall: validatedEnvironment,
}

/** A function that calls the given one with a callback of the boot's own, and gives a promise for what the callback gets. */
function promisified(machine: Machine, site: CallSite, fn: FunctionValue): Value {
  const key = `promisified ${machine.natives.size}`
  machine.natives.set(key, (args) => {
    const promise = promiseOf(site.at, null)
    const settle = `settle ${machine.natives.size}`
    machine.natives.set(settle, ([, result]) => {
      promise.result ??= result ?? undefinedAt(site.at)
      return undefinedAt(site.at)
    })
    machine.run.call(machine, { ...site, isAwaited: true }, fn, null, [...args, packageValue(site.at, NATIVE, [settle])])
    return promise
  })
  return packageValue(site.at, NATIVE, [key])
}

/** `util.inherits(Child, Parent)`: what the child's prototype lacks is looked for in the parent's. */
function inherit(machine: Machine, site: CallSite, [child, parent]: readonly Value[]): Value {
  if (child?.kind === 'function' && parent !== undefined) {
    const prototype = machine.run.getMember(machine, site, child, 'prototype')
    if (prototype.kind === 'object') prototype.external = machine.run.getMember(machine, site, parent, 'prototype')
  }
  return undefinedAt(site.at)
}
