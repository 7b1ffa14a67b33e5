// NestJS 10 to 12 on Express and Fastify: what its factory, its containers and its contexts mean (domain facts K29–K38).
import type { CallSite, FrameworkModel, Machine } from '../link/machine.js'
import { recordCall } from '../link/records.js'
import type { CallRecord, Value } from '../link/value.js'
import { promiseOf, resultValue, undefinedAt } from '../link/values.js'
import { answerServer } from './gatewayServers.js'
import { addCors, callApplication } from './nestApplication.js'
import { answerBus } from './nestCqrs.js'
import { createApplication, initialiseRest, latestApplication } from './nestBoot.js'
import { answerConfiguration } from './nestConfiguration.js'
import { answerContext, graphqlHost, knowsTarget } from './nestContext.js'
import { applyByCall } from './nestDecorators.js'
import { answerConsumer } from './nestMiddleware.js'
import { addUnreached } from './nestUnreached.js'
import { resolveToken } from './nestProviders.js'
import { nestOf, typeNameOf, type NestApplication } from './nestState.js'
import { propertyOf } from './nestValues.js'

const KINDS: Readonly<Record<string, NestApplication['kind']>> = {
  create: 'http',
  createMicroservice: 'microservice',
  createApplicationContext: 'context',
}

export const nest: FrameworkModel = {
  knows: (name) => name.startsWith('@nestjs/'),
  callPackage(machine, site, callee, args) {
    if (!callee.package.startsWith('@nestjs/')) return null
    const path = callee.path.filter((part) => part !== 'default')
    const name = path.at(-1) ?? ''
    if (callee.package === '@nestjs/core' && path[0] === 'NestFactory') {
      const kind = KINDS[name]
      return kind === undefined ? null : create(machine, site, kind, callee, args)
    }
    if (callee.package === '@nestjs/common' && name === 'mixin') return args[0] ?? null
    if (callee.package === '@nestjs/graphql' && path[0] === 'GqlExecutionContext' && name === 'create') return graphqlHost(site, args[0])
    return null
  },
  callScope(machine, site, scope, name, args) {
    const app = nestOf(scope.scope)
    return app === null ? null : callApplication(machine, site, app, scope, name, args)
  },
  onOpaqueCall(machine, site, call) {
    const app = latestApplication(machine)
    applyByCall(call)
    if (isAsynchronousModule(call)) return resultValue(site.at, call)
    const found = answerContext(machine, site, call) ?? answerConfiguration(machine, site, app, call)
    if (found !== null || app === null) return found
    return (
      answerConsumer(machine, site, call) ??
      answerBus(machine, site, app, call) ??
      answerServer(machine, site, call) ??
      answerReply(machine, site, call) ??
      answerModuleRef(machine, site, app, call)
    )
  },
  isOfOneTarget: knowsTarget,
  settle: initialiseRest,
  unreached: addUnreached,
}

function create(machine: Machine, site: CallSite, kind: NestApplication['kind'], callee: Value, args: readonly Value[]): Value {
  const call = recordCall(machine, site, { callee, receiver: null, args })
  const [root = undefinedAt(site.at), second, third] = args
  const options = third ?? (second?.kind === 'object' && second.role === 'plain' ? second : undefined)
  const app = createApplication(machine, site, kind, root, kind === 'http' ? second : undefined)
  const cors = kind === 'http' ? propertyOf(options, 'cors') : undefined
  if (cors !== undefined) addCors(machine, { ...site, at: cors.at }, app, cors, call)
  return promiseOf(site.at, app.value)
}

/** `X.registerAsync({ useFactory })`: its factory runs when the module is imported, with what it injects. */
function isAsynchronousModule(call: CallRecord): boolean {
  return call.callee.kind === 'package' && /Async$/.test(call.callee.path.at(-1) ?? '') && /Module$/.test(call.callee.path.at(-2) ?? '')
}

/** `httpAdapter.reply(response, body, status)` in words of the response. */
function answerReply(machine: Machine, site: CallSite, call: CallRecord): Value | null {
  const [response, body, status] = call.args
  if (call.callee.kind !== 'member' || call.callee.name !== 'reply' || response?.kind !== 'parameter' || response.role !== 'response')
    return null
  const target = status === undefined ? response : machine.run.callMethod(machine, site, response, 'status', [status])
  return machine.run.callMethod(machine, site, target, 'json', body === undefined ? [] : [body])
}

function answerModuleRef(machine: Machine, site: CallSite, app: NestApplication, call: CallRecord): Value | null {
  const [token] = call.args
  if (call.callee.kind !== 'member' || token === undefined || typeNameOf(call.callee.object) !== 'ModuleRef') return null
  return /^(?:get|resolve|create)$/.test(call.callee.name) ? resolveToken(machine, site, app, null, token) : null
}
