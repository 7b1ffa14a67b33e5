// A route that tells whether the server is well: in front of what limits, signs in or parses, behind what only adds to the answer.
import { FixRefused, type Editor } from '../../fix/fix.js'
import { doesNothingBut } from '../effects.js'
import { afterApplication } from '../fastifyFix.js'
import { PASSIVE } from '../limits/leadingHeaders.js'
import type { App, Capability, Entry, ProjectModel } from '../model.js'
import { isUnderCondition, nameBeside } from '../nameBeside.js'
import { addController, rootModule, runsThrottler, skippingText } from '../nestFix.js'
import { protectsApp, routesOf } from '../queries.js'
import { inSameFunction } from '../../text/location.js'

/** False where guards or hooks ask every request who sends it, or count it and leave nothing out: the route would stand behind them. */
export function mayAddHealthRoute(model: ProjectModel, app: App): boolean {
  if (app.framework === 'express') return true
  if (app.framework === 'nest' && !/\.ts$/.test(app.at.file)) return false
  const asked: readonly Capability[] = app.framework === 'nest' ? ['auth', 'rate-limit'] : ['auth']
  return asked.every((capability) => {
    const { covered, uncovered, unknown } = protectsApp(model, app, capability)
    // A throttler leaves out what says so.
    const isLeftOut = capability === 'rate-limit' && covered.every((route) => runsThrottler(model, route))
    return unknown.length === 0 && (covered.length === 0 || uncovered.length > 0 || isLeftOut)
  })
}

export function addHealthRoute(editor: Editor, model: ProjectModel, app: App): void {
  if (app.framework === 'nest') return addHealthController(editor, model, app)
  if (app.framework === 'fastify') return afterApplication(editor, app, (name) => `${name}.get('/health', async () => ({ status: 'ok' }))`)
  const code = (name: string): string => `${name}.get('/health', (_req, res) => {\n  res.json({ status: 'ok' })\n})`
  const entries = app.scope.entries.filter(({ isOff }) => !isOff)
  const end = entries.findIndex((entry) => !isPassive(model, entry))
  const passive = end < 0 ? entries : entries.slice(0, end)
  const [stop, last] = [entries[end], passive.at(-1)]
  if (last === undefined) return afterApplication(editor, app, code)
  const name = nameBeside(editor, model, app, last)
  if (name !== null) return editor.insertAfter(last.at, code(name))
  const known = editor.nameOf(app.scope)
  if (known !== null && stop !== undefined && isBeside(stop, app)) return editor.insertBefore(stop.at, code(known))
  if (isUnderCondition(last.guards, app)) return afterApplication(editor, app, code)
  throw new FixRefused('what comes first is registered elsewhere')
}

function addHealthController(editor: Editor, model: ProjectModel, app: App): void {
  const module = rootModule(app)
  const { file } = module.at
  const made = `${file.slice(0, file.lastIndexOf('/') + 1)}health.controller.ts`
  const isCounted = routesOf(model, app).some((route) => runsThrottler(model, route))
  const skips = isCounted ? skippingText(model, app, made) : null
  const code = `import { Controller, Get } from '@nestjs/common'${skips === null ? '' : `\nimport { SkipThrottle } from '@nestjs/throttler'`}

@Controller('health')
export class HealthController {${skips === null ? '' : `\n  ${skips}`}
  @Get()
  check() {
    return { status: 'ok' }
  }
}`
  editor.createFile(made, code, file)
  addController(editor, module, editor.addImport(file, `/${made}`, 'HealthController', 'HealthController'))
}

/** A layer for every path that adds to answers or writes lines. */
function isPassive(model: ProjectModel, entry: Entry): boolean {
  return (entry.path === '' || entry.path === '/') && doesNothingBut(model, entry, PASSIVE)
}

function isBeside({ at, guards }: Entry, app: App): boolean {
  return inSameFunction(at, app.at) && !isUnderCondition(guards, app)
}
