// The buses of @nestjs/cqrs: what is executed or published runs in the class that says it handles it.
import type { CallSite, Machine } from '../link/machine.js'
import type { CallRecord, ClassValue, Value } from '../link/value.js'
import { promiseOf, undefinedAt } from '../link/values.js'
import { decoratorsOf, lineage } from './nestDecorators.js'
import { typeNameOf, type NestApplication } from './nestState.js'

/** By bus: the decorator of the handlers, its method, and how it is asked. */
const BUSES: Readonly<Record<string, { readonly decorator: string; readonly method: string; readonly asks: string }>> = {
  CommandBus: { decorator: 'CommandHandler', method: 'execute', asks: 'execute' },
  QueryBus: { decorator: 'QueryHandler', method: 'execute', asks: 'execute' },
  EventBus: { decorator: 'EventsHandler', method: 'handle', asks: 'publish' },
}

/** What a bus gives; null for calls of anything else. A handler of which the container made no instance is not run. */
export function answerBus(machine: Machine, site: CallSite, app: NestApplication, call: CallRecord): Value | null {
  const { callee, args } = call
  if (callee.kind !== 'member') return null
  const bus = BUSES[typeNameOf(callee.object) ?? '']
  const [message] = args
  if (bus?.asks !== callee.name || message?.kind !== 'object' || message.instanceOf === null) return null
  const results = handlersFor(app, message.instanceOf, bus.decorator).map((handler) =>
    machine.run.callMethod(machine, site, handler, bus.method, [message]),
  )
  // Nobody waits for what handles events.
  if (bus.asks === 'publish') return results.length === 0 ? null : undefinedAt(site.at)
  const [result] = results
  if (result === undefined) return null
  return result.kind === 'promise' ? result : promiseOf(site.at, result)
}

function handlersFor(app: NestApplication, message: ClassValue, decorator: string): readonly Value[] {
  const wanted = new Set(lineage(message))
  const found = new Set<Value>()
  for (const { providers } of app.modules)
    for (const { how, target, made } of providers)
      if (how === 'class' && target.kind === 'class' && made?.kind === 'object' && handles(target, decorator, wanted)) found.add(made)
  return [...found]
}

function handles(target: ClassValue, decorator: string, messages: ReadonlySet<Value>): boolean {
  return decoratorsOf(target).some(
    (one) => one.package === '@nestjs/cqrs' && one.name === decorator && one.args.some((arg) => messages.has(arg)),
  )
}
