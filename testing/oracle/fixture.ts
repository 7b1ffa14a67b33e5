// What a fixture application is: a folder with a fixture.json that says how to start it and what it must answer.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export type ExpressVersion = 4 | 5
export type NestVersion = 10 | 11 | 12

/** A request that a healthy client makes, and its answer. It holds before and after every fix. */
export interface HonestRequest {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** What a client of GraphQL, of a gateway or of a microservice sends without signing in. */
export interface HonestMessage {
  /** The path of the model's route. */
  readonly to: string
  readonly over: 'graphql' | 'socket' | 'tcp'
  /** Of the message, or the pattern that it is sent under. */
  readonly name?: unknown
  /** The query, or what the message carries. */
  readonly data: unknown
  /** Whether its handler answers; false where a guard refuses it. */
  readonly isServed: boolean
}

/** Where an application is probed for weaknesses. */
export interface ProbePlan {
  /** A GET that makes the application fail, and a part of the error's text that no client should see. */
  readonly error?: string
  readonly secret?: string
  /** Sent with every probe. */
  readonly headers?: Readonly<Record<string, string>>
  /** A GET that a foreign site would make; `flood` unless told. */
  readonly origin?: string
  /** A GET that answers well; its headers are looked at, and it is sent many times. */
  readonly flood: string
  /** How often `flood` is sent, 101 unless told. */
  readonly attempts?: number
}

export interface Fixture {
  /** What its wiring shows. */
  readonly title: string
  /** The file that is started, or imported where `serve` says so. */
  readonly entry: string
  readonly arguments?: readonly string[]
  readonly express: readonly ExpressVersion[]
  /** Majors of Fastify that it runs on, for applications of Fastify. */
  readonly fastify?: readonly ExpressVersion[]
  /** The platform, for applications of Nest. */
  readonly nest?: 'express' | 'fastify'
  /** Majors of Nest that it runs on, 12 unless told. */
  readonly nestVersions?: readonly NestVersion[]
  /** The package that registers its decorated controllers, or its contracts, on Express. */
  readonly package?: 'routing-controllers' | 'inversify-express-utils' | '@overnightjs/core' | '@ts-rest/express'
  readonly env?: Readonly<Record<string, string>>
  /** For entries that export and do not listen: `app` and `handler` are export names. A `plugin` is what a command line registers on an application of its own. */
  readonly serve?: { readonly export: string; readonly as: 'app' | 'lambda' | 'plugin' }
  readonly build?: readonly BuildStep[]
  readonly requests: readonly HonestRequest[]
  readonly messages?: readonly HonestMessage[]
  /** How many servers it starts, 1 unless told. */
  readonly listeners?: number
  readonly probes: ProbePlan
  /** Values for path parameters with which routes are found: `{ "id": "a1" }`. */
  readonly parameters?: Readonly<Record<string, string>>
}

/** A TypeScript folder that is compiled before the start, as a package is before publication. */
export interface BuildStep {
  readonly from: string
  readonly to: string
  readonly format: 'cjs' | 'esm'
  /** Writes the types of constructor parameters for a container. */
  readonly decorators?: true
}

export const repositoryRoot = fileURLToPath(new URL('../../', import.meta.url))
export const fixturesRoot = path.join(repositoryRoot, 'test-fixtures')

/** Names of all fixture applications, sorted. */
export function fixtureNames(): string[] {
  return readdirSync(fixturesRoot, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(fixturesRoot, entry.name, 'fixture.json')))
    .map((entry) => entry.name)
    .sort()
}

/** Reads the fixture.json of a folder. Throws where it is missing or no JSON. */
export function readFixture(folder: string): Fixture {
  return JSON.parse(readFileSync(path.join(folder, 'fixture.json'), 'utf8')) as Fixture
}

/** The newest Nest that a fixture runs on. */
export function newestNest({ nestVersions }: Fixture): NestVersion {
  return nestVersions?.at(-1) ?? 12
}

/** Absolute folder of a fixture by name. */
export function fixtureFolder(name: string): string {
  return path.join(fixturesRoot, name)
}
