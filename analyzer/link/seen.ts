// What the boot saw, and what it could not reach: every run says so.
import type { App, PackageFacts, ProjectModel, Route, Scope, Seen } from '../model/model.js'
import { locationKey } from '../text/location.js'

const KNOWN_FRAMEWORKS: Readonly<Record<string, string>> = { express: 'express', fastify: 'fastify', '@nestjs/core': 'nest' }
const UNKNOWN_FRAMEWORKS = [
  'koa',
  '@hapi/hapi',
  'hapi',
  'restify',
  'polka',
  'hono',
  '@hono/node-server',
  'sails',
  '@adonisjs/core',
  'h3',
  'nitropack',
  'elysia',
  'hyper-express',
  'feathers',
  '@loopback/rest',
  'micro',
  'tinyhttp',
  '@tinyhttp/app',
  'moleculer-web',
  'egg',
  '@midwayjs/core',
]

/** Registrations that no application reaches, with the reason. */
export function unreachedSites(
  scopes: readonly Scope[],
  reachable: ReadonlySet<Scope>,
  bootScopes: readonly Scope[],
): ProjectModel['unreached'] {
  const reached = new Set(
    [...reachable].flatMap((scope) => scope.entries.filter((entry) => !entry.isOff).map((entry) => locationKey(entry.at))),
  )
  const booted = new Set(bootScopes)
  const found = new Map<string, { at: Scope['at']; why: string }>()
  for (const scope of scopes) {
    for (const entry of scope.entries) {
      const key = locationKey(entry.at)
      if (reached.has(key) || found.has(key)) continue
      const why =
        entry.isOff || isMountedOff(scope)
          ? 'off in production'
          : booted.has(scope)
            ? `no application mounts the ${scope.kind} ${scope.name}`
            : 'no entry leads to this code'
      found.set(key, { at: entry.at, why })
    }
  }
  return [...found.values()]
}

/** A router whose every mount is off serves nothing in production. One that is mounted within itself is reached by its other mounts alone. */
function isMountedOff(scope: Scope, inner: readonly Scope[] = []): boolean {
  const around = [...inner, scope]
  const mounts = scope.mounts.filter((mount) => !around.includes(mount.scope))
  return mounts.length > 0 && mounts.every((mount) => mount.isOff || isMountedOff(mount.scope, around))
}

export function seenOf(
  input: { readonly files: ReadonlyMap<string, unknown>; readonly packages: readonly PackageFacts[] },
  apps: readonly App[],
  scopes: readonly Scope[],
  routes: readonly Route[],
  unreached: ProjectModel['unreached'],
): Omit<Seen, 'exhaustedBudgets' | 'exhaustedFiles' | 'steps'> {
  const reached = new Set(scopes.flatMap((scope) => scope.entries.filter((entry) => !entry.isOff).map((entry) => locationKey(entry.at))))
    .size
  const dependencies = new Set(input.packages.flatMap((one) => Object.keys(one.dependencies)))
  return {
    applications: apps.length,
    files: input.files.size,
    registrations: reached + unreached.length,
    reachedRegistrations: reached,
    scopes: scopes.length,
    incompleteScopes: scopes.filter((scope) => scope.gaps.some((gap) => gap.isBlind || gap.hidesRoutes === true)).length,
    routes: routes.length,
    missingFrameworks: apps.length > 0 ? [] : Object.keys(KNOWN_FRAMEWORKS).filter((name) => dependencies.has(name)),
    unknownFrameworks: UNKNOWN_FRAMEWORKS.filter((name) => dependencies.has(name)),
  }
}
