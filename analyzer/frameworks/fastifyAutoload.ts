// @fastify/autoload: the files of a folder as plugins, with prefixes from its folders.
import type { CallSite, Machine } from '../link/machine.js'
import { addGap } from '../link/records.js'
import type { CallRecord, Value } from '../link/value.js'
import type { Context } from './fastifyContexts.js'

type Load = (machine: Machine, site: CallSite, context: Context, plugin: Value, options: Value | undefined, call: CallRecord) => void

/** Registers what the options' `dir` holds. */
export function autoload(machine: Machine, site: CallSite, context: Context, _options: Value, _call: CallRecord, _load: Load): void {
  addGap(machine, context.value.scope, { at: site.at, why: 'autoload of a folder that is not known', isBlind: true, package: null })
}
