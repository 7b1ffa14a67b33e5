// Nest as the referee of its patterns: middleware on each of them, excluded by each of them, and which requests it runs for.
import { createRequire } from 'node:module'
import path from 'node:path'
import type * as NestCommon from '@nestjs/common'
import type * as NestCore from '@nestjs/core'
import type * as NestFastify from '@nestjs/platform-fastify'
import { describe, expect, test } from 'vitest'
import { appliedSyntax, excludedSyntax, matchesPattern, takenBy } from '../../analyzer/frameworks/nestPatterns.js'
import { repositoryRoot, type NestVersion } from './fixture.js'

const PATHS = ['/', '/cats', '/cats/all', '/cats/all/deep', '/cats/:id/toys', '/catsy', '/dogs', '/dogs/all']
/** Those at which no version fails to start, and those that some refuse. */
const EVERYWHERE = [
  '/',
  '*',
  '/*',
  '(.*)',
  'cats',
  '/cats/',
  'CATS',
  'cats/*',
  'cats/(.*)',
  'cats/:id',
  'cats/:id/toys',
  ':x/all',
  'cats/al',
]
const NAMED = [
  '*splat',
  '{*splat}',
  'cats/*splat',
  'cats/{*splat}',
  'cats{/*splat}',
  'cats/*x/deep',
  '*a/all',
  '/*all',
  '{*a}/all',
  'cats/+',
]
const GROUPED = ['{dogs}', 'dogs{/all}', 'cats/:id{/:more}']
const EARLIER = ['cats/:id?', 'c(.*)', 'cats/:id(\\d+)']
const LETTERS = ['cat*', 'cats?', 'c*', '**', 'cats/**', 'cats/*/deep', '*/all']

const ACCEPTED: Readonly<Record<string, readonly string[]>> = {
  '10 express': [...EVERYWHERE, ...NAMED, ...GROUPED, ...EARLIER, ...LETTERS],
  '10 fastify': [...EVERYWHERE, 'c(.*)', 'cats/:id?'],
  '11 express': [...EVERYWHERE, ...NAMED, ...GROUPED, 'cats/*/deep', '*/all'],
  '11 fastify': [...EVERYWHERE, ...NAMED, ...GROUPED, 'cats/*/deep', '*/all'],
}

const cases = ([10, 11, 12] as const).flatMap((version) =>
  (['express', 'fastify'] as const).map((platform) => [version, platform] as const),
)

describe('patterns match what Nest matches by them', () => {
  test.each(cases)(
    'Nest %i on %s',
    async (version, platform) => {
      const patterns = ACCEPTED[`${Math.min(version, 11)} ${platform}`] ?? []
      const app = { major: version, platform }
      const reach = platform === 'express' ? 'prefix' : 'exact'
      const said = (matches: (pattern: string, path: string) => boolean): Coverage =>
        Object.fromEntries(patterns.map((pattern) => [pattern, PATHS.filter((each) => matches(pattern, each))]))
      const real = await observed(version, platform, patterns)
      expect(said((pattern, each) => matchesPattern(pattern, appliedSyntax(app), each, reach))).toEqual(real.texts)
      expect(said((pattern, each) => matchesPattern(pattern, appliedSyntax(app), each, 'exact'))).toEqual(real.objects)
      // On Fastify later versions exclude paths as they are spelled, which the model does not tell apart.
      const excluded = said((pattern, each) => !matchesPattern(pattern, excludedSyntax(app), each, 'exact'))
      expect({ ...excluded, CATS: [] }).toEqual({ ...real.exclusions, CATS: [] })
      const left = Object.entries(real.texts).flatMap(([pattern, paths]) =>
        paths.map((each) => [pattern, each, leftOf(pattern, app, each)]),
      )
      const known = left.filter(([, , rest]) => rest !== null)
      expect(known).toEqual(known.map(([pattern, each]) => [pattern, each, real.seen.get(`text ${pattern} ${each}`)]))
      expect(known.length).toBeGreaterThan(left.length / 2)
      // A path with a method is a route of its own, on Express.
      for (const [pattern, paths] of Object.entries(real.objects))
        for (const each of paths) expect(real.seen.get(`object ${pattern} ${each}`)).toBe(platform === 'express' ? filled(each) : '/')
    },
    30_000,
  )
})

/** What the model says that middleware sees; null where it says nothing. */
function leftOf(pattern: string, app: Parameters<typeof appliedSyntax>[0], asked: string): string | null {
  const taken = app.platform === 'fastify' ? '*' : takenBy(pattern, appliedSyntax(app), asked)
  if (taken === null) return null
  return taken === '*' ? '/' : filled(asked).slice(taken.length) || '/'
}

function filled(asked: string): string {
  return asked.replace(':id', '7')
}

/** Paths of requests, by the pattern of the middleware that they passed. */
type Coverage = Readonly<Record<string, readonly string[]>>

interface Consumer {
  apply(middleware: unknown): { exclude(pattern: string): { forRoutes(route: string): void }; forRoutes(...routes: unknown[]): void }
}

/** One application with a middleware for each pattern: as a text, in an object, and excluded. */
async function observed(
  version: NestVersion,
  platform: 'express' | 'fastify',
  patterns: readonly string[],
): Promise<{
  readonly texts: Coverage
  readonly objects: Coverage
  readonly exclusions: Coverage
  readonly seen: ReadonlyMap<string, string>
}> {
  const folder = version === 12 ? repositoryRoot : path.join(repositoryRoot, 'testing', `nest${version}`)
  const require = createRequire(path.join(folder, 'package.json'))
  require('reflect-metadata')
  const { Controller, Get, Module, RequestMethod } = require('@nestjs/common') as typeof NestCommon
  const { NestFactory } = require('@nestjs/core') as typeof NestCore
  const passed = new Map<string, string[]>()
  let requested = ''
  const seen = new Map<string, string>()
  const noting = (name: string) => (request: { readonly url: string }, _response: unknown, next: () => void) => {
    seen.set(`${name} ${requested}`, request.url)
    passed.set(name, [...(passed.get(name) ?? []), requested])
    next()
  }
  class AllController {
    [route: `route${number}`]: () => string
  }
  for (const [index, each] of PATHS.entries()) {
    const descriptor = { value: () => 'ok', configurable: true }
    Object.defineProperty(AllController.prototype, `route${index}`, descriptor)
    Get(each)(AllController.prototype, `route${index}`, descriptor)
  }
  Controller()(AllController)
  class AppModule {
    configure(consumer: Consumer): void {
      for (const pattern of patterns) {
        consumer.apply(noting(`text ${pattern}`)).forRoutes(pattern)
        consumer.apply(noting(`object ${pattern}`)).forRoutes({ path: pattern, method: RequestMethod.ALL })
        consumer
          .apply(noting(`exclusion ${pattern}`))
          .exclude(pattern)
          .forRoutes('*')
      }
    }
  }
  Module({ controllers: [AllController] })(AppModule)
  const app = await (platform === 'express'
    ? NestFactory.create(AppModule, { logger: false })
    : NestFactory.create(AppModule, adapterOf(require), { logger: false }))
  await app.listen(0, '127.0.0.1')
  try {
    for (const each of PATHS) {
      requested = each
      await (await fetch((await app.getUrl()) + filled(each))).arrayBuffer()
    }
  } finally {
    await app.close()
  }
  const of = (kind: string): Coverage => Object.fromEntries(patterns.map((pattern) => [pattern, passed.get(`${kind} ${pattern}`) ?? []]))
  return { texts: of('text'), objects: of('object'), exclusions: of('exclusion'), seen }
}

function adapterOf(require: NodeJS.Require): NestFastify.FastifyAdapter {
  const { FastifyAdapter } = require('@nestjs/platform-fastify') as typeof NestFastify
  return new FastifyAdapter()
}
