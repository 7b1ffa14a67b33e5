// `parapet why`: which line protects a route, or what was looked at.
import { nearest } from '../../analyzer/check/nearest.js'
import { CAPABILITIES } from '../../analyzer/model/capabilities.js'
import type { Capability, ProjectModel, Route } from '../../analyzer/model/model.js'
import type { Protection } from '../../analyzer/model/protection.js'
import { chainText } from '../../analyzer/model/chainText.js'
import { protectsRoute } from '../../analyzer/model/queries.js'
import { sparingLinks } from '../../analyzer/model/sparingLinks.js'
import { bootProject } from '../bootProject.js'
import { EXIT, WrongUse, type ExitCode } from '../exitCode.js'
import type { OpenOptions } from '../openProject.js'
import { limitText } from '../../analyzer/model/limits/limits.js'
import { uncountedGuards } from '../../analyzer/model/limits/uncountedGuards.js'
import { placeOf } from '../report/model.js'
import { matchingRoutes, nameOf, SHOWN_CAPABILITIES } from '../report/routes.js'
import { printable, type Terminal } from '../terminal.js'

export interface WhyCommand extends OpenOptions {
  readonly project?: string
}

export async function why(request: string, capability: string | undefined, options: WhyCommand, terminal: Terminal): Promise<ExitCode> {
  const capabilities = capability === undefined ? SHOWN_CAPABILITIES : [knownCapability(capability)]
  const { analysis } = await bootProject(options.project, options, terminal)
  const { model } = analysis
  const routes = matchingRoutes(model, request)
  if (routes.length === 0) throw new WrongUse(noRoute(model, request))
  const lines = routes.flatMap((route, index) => [...(index > 0 ? [''] : []), ...routeLines(model, route, capabilities)])
  terminal.out(lines.map((line) => `${printable(line)}\n`).join(''))
  return EXIT.clean
}

function knownCapability(name: string): Capability {
  const known = CAPABILITIES.find((capability) => capability === name)
  if (known !== undefined) return known
  const guess = nearest(name, CAPABILITIES)
  throw new WrongUse(
    `There is no capability ${printable(name)}. ${guess === null ? `Use one of ${CAPABILITIES.join(', ')}.` : `Did you mean ${guess}?`}`,
  )
}

function noRoute(model: ProjectModel, request: string): string {
  const guess = nearest(
    request,
    model.routes.map(({ method, path }) => (/^\w+\s/.test(request) ? `${method} ${path}` : path)),
  )
  return `No route fits ${printable(request)}. ${guess === null ? '`parapet routes` lists them.' : `Did you mean ${guess}?`}`
}

function routeLines(model: ProjectModel, route: Route, capabilities: readonly Capability[]): readonly string[] {
  const width = Math.max(...capabilities.map((capability) => capability.length))
  const gaps = route.gaps.map((gap) => `  not understood: ${gap.why} at ${placeOf(model, gap.at)}`)
  return [
    `${route.method} ${route.path} at ${placeOf(model, route.at)}`,
    `  chain: ${chainText(route)}`,
    ...gaps,
    ...capabilities.flatMap((capability) => [
      ...capabilityLines(model, protectsRoute(model, route, capability), capability.padEnd(width)),
      ...sparingLines(model, route, capability),
      ...(capability === 'rate-limit' ? uncountedLines(model, route) : []),
    ]),
  ]
}

function capabilityLines(model: ProjectModel, protection: Protection, label: string): readonly string[] {
  const condition = protection.isConditional ? `, only if ${protection.flags.join(', ') || 'a condition holds that is not known'}` : ''
  const gateway = protection.by === 'gateway' ? ' (the gateway, as configured)' : ''
  const head = `  ${label}  ${protection.answer}${gateway}${condition}, ${protection.confidence} confidence`
  if (protection.answer === 'yes') {
    return [
      head,
      ...protection.links.map((link) => {
        const limit = link.effect.capability === 'rate-limit' ? limitText(model, link.effect) : ''
        const registered = placeOf(model, link.link.entry.at)
        return `    ${nameOf(model, link)}${limit === '' ? '' : `, ${limit}`} at ${placeOf(model, link.effect.at)}, registered at ${registered}`
      }),
    ]
  }
  const looked = protection.looked.map((at) => placeOf(model, at))
  const packages = protection.unlistedPackages.map((name) => `    not known to Parapet: ${name}`)
  return [head, `    looked at: ${looked.length === 0 ? 'nothing stands in front' : looked.join(', ')}`, ...packages]
}

/** Without these lines a limiter in the chain and the answer `no` would contradict each other. */
function sparingLines(model: ProjectModel, route: Route, capability: Capability): readonly string[] {
  return sparingLinks(model, route, capability).map(
    (one) => `    leaves this route out: ${nameOf(model, one)}, registered at ${placeOf(model, one.link.entry.at)}`,
  )
}

/** A limit does not count what is refused in front of it. */
function uncountedLines(model: ProjectModel, route: Route): readonly string[] {
  return uncountedGuards(model, route).map(
    (guard) => `    not counted: what ${nameOf(model, guard)} refuses, registered in front of it at ${placeOf(model, guard.link.entry.at)}`,
  )
}
