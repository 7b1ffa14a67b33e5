// A machine with all its parts.
import { awilix } from '../frameworks/awilix.js'
import { awilixExpress } from '../frameworks/awilixExpress.js'
import { configurationStores } from '../frameworks/configurationStores.js'
import { express } from '../frameworks/express.js'
import { fastifyAwilix } from '../frameworks/fastifyAwilix.js'
import { fastify } from '../frameworks/fastify.js'
import { inversify } from '../frameworks/inversify.js'
import { inversifyServer } from '../frameworks/inversifyServer.js'
import { nest } from '../frameworks/nest.js'
import { overnight } from '../frameworks/overnight.js'
import { packageApplications } from '../frameworks/packageApplications.js'
import { routingControllers } from '../frameworks/routingControllers.js'
import { tsRest } from '../frameworks/tsRest.js'
import { tsoa } from '../frameworks/tsoa.js'
import { tsyringe } from '../frameworks/tsyringe.js'
import { typedi } from '../frameworks/typedi.js'
import { bind } from './bind.js'
import { evaluate } from './evaluate.js'
import { execute } from './execute.js'
import { call, callMethod, construct } from './invoke.js'
import { callSuper } from './constructors.js'
import { inline } from './runBody.js'
import { makeClass } from './classes.js'
import { makeFunction } from './closures.js'
import { genericInstance } from './instances.js'
import type { Interpreter, Machine, World } from './machine.js'
import { createMachine } from './createMachine.js'
import { getMember } from './members.js'
import { setMember } from './memberWrites.js'
import { loadModule } from './modules.js'
import { requireModule } from './moduleExports.js'
import { readName } from './names.js'
import { callShared } from './sharedRuns.js'
import { nodeModel } from './nodeModel.js'

const interpreter: Interpreter = {
  evaluate,
  execute,
  bind,
  call,
  callMethod,
  callSuper,
  construct,
  getMember,
  setMember,
  loadModule,
  requireModule,
  readName,
  inline,
  callShared,
  genericInstance,
  makeClass,
  makeFunction,
}

export function newMachine(world: World): Machine {
  return createMachine(world, interpreter, [
    nodeModel,
    express,
    fastify,
    nest,
    awilix,
    awilixExpress,
    fastifyAwilix,
    typedi,
    tsyringe,
    inversify,
    tsoa,
    routingControllers,
    inversifyServer,
    overnight,
    tsRest,
    packageApplications,
    configurationStores,
  ])
}
