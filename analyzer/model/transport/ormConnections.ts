// Connections that ORMs and query builders make to Postgres, and how long they wait for it.
import type { CallRecord, Value } from '../../link/value.js'
import { locationKey } from '../../text/location.js'
import type { Answer, ProjectModel } from '../model.js'
import { originOf } from '../origins.js'
import { callsThat } from '../perPart.js'
import { oncePerPlace, productionCalls } from '../productionCalls.js'
import { agreement, hasProperty, property, stringOf, stringsOf } from '../values.js'

export interface OrmConnection {
  readonly call: CallRecord
  readonly driver: 'TypeORM' | 'Sequelize' | 'knex'
  /** Sequelize and knex give up waiting for a connection after a minute, TypeORM never does. */
  readonly connects: Answer
  readonly answers: Answer
}

/** Once per place, and once for options that several calls share: those of the server first, before those of tools for migrations. Nothing is said of options that are not known. */
export function ormConnections(model: ProjectModel): readonly OrmConnection[] {
  const made = oncePerPlace(productionCalls(model, calls(model)))
  const byOptions = new Map<string, OrmConnection>()
  for (const call of [...made].sort((a, b) => serving(model, a) - serving(model, b))) {
    const driver = driverOf(call)
    const options = driver === null ? null : optionsOf(model, driver, call)
    if (driver === null || options?.kind !== 'object' || options.isOpen || options.properties.has('...')) continue
    const key = locationKey(options.at)
    if (!byOptions.has(key) && isPostgres(driver, options)) byOptions.set(key, { call, driver, ...waitsOf(driver, options) })
  }
  return made.flatMap((call) => [...byOptions.values()].filter((one) => one.call === call))
}

function serving(model: ProjectModel, { at }: CallRecord): number {
  return model.serverFiles.has(at.file) ? 0 : 1
}

const packages = /^(typeorm|@nestjs\/typeorm|sequelize|sequelize-typescript|@nestjs\/sequelize|knex)$/
const calls = callsThat((call) => !call.isWrite && !call.isOff && driverOf(call) !== null, { packages: (name) => packages.test(name) })

function driverOf({ callee, isNew }: CallRecord): OrmConnection['driver'] | null {
  const origin = originOf(callee)
  if (origin === null || origin.calls.length > 0 || !packages.test(origin.package)) return null
  const path = origin.path.join('.')
  switch (origin.package) {
    case 'typeorm':
      return (isNew && path === 'DataSource') || path === 'createConnection' ? 'TypeORM' : null
    case '@nestjs/typeorm':
      return /^TypeOrmModule\.forRoot(Async)?$/.test(path) ? 'TypeORM' : null
    case '@nestjs/sequelize':
      return /^SequelizeModule\.forRoot(Async)?$/.test(path) ? 'Sequelize' : null
    case 'knex':
      return path === '' || path === 'knex' ? 'knex' : null
    default:
      return isNew && (path === '' || path === 'Sequelize') ? 'Sequelize' : null
  }
}

/** The argument, of `new Sequelize(…)` the last one; of `forRootAsync` what its factory gives, where that is one object. */
function optionsOf(model: ProjectModel, driver: OrmConnection['driver'], { callee, args, isNew }: CallRecord): Value | null {
  if (driver === 'Sequelize' && isNew) return args.at(-1) ?? null
  if (originOf(callee)?.path.at(-1) !== 'forRootAsync') return args[0] ?? null
  const factory = property(args[0] ?? null, 'useFactory')
  if (factory?.kind !== 'function') return null
  const [only, ...others] = model.summaryOf(factory).returns
  if (only === undefined || others.length > 0) return null
  return only.value.kind === 'promise' ? only.value.result : only.value
}

function isPostgres(driver: OrmConnection['driver'], options: Value): boolean {
  if (driver === 'TypeORM') return stringOf(property(options, 'type')) === 'postgres'
  if (driver === 'Sequelize') return stringOf(property(options, 'dialect')) === 'postgres'
  return /^(pg|postgres|postgresql)$/.test(stringOf(property(options, 'client')) ?? '')
}

function waitsOf(driver: OrmConnection['driver'], options: Value): Pick<OrmConnection, 'connects' | 'answers'> {
  const ends = (holder: string): Answer => eitherOf([hasIn(options, holder, 'statement_timeout'), hasIn(options, holder, 'query_timeout')])
  if (driver === 'TypeORM') {
    const connects = eitherOf([hasProperty(options, 'connectTimeoutMS'), hasIn(options, 'extra', 'connectionTimeoutMillis')])
    return { connects, answers: ends('extra') }
  }
  // A function that runs for each new connection may set the time there.
  const [holder, hook] = driver === 'Sequelize' ? ['dialectOptions', 'hooks'] : ['connection', 'pool']
  const answers = hook === 'pool' ? hasIn(options, hook, 'afterCreate') : hasProperty(options, hook)
  return { connects: 'yes', answers: answers === 'no' ? ends(holder) : 'unknown' }
}

/** Of an address of the environment it is told as of one that a driver gets itself: no. What a function gives for each connection is not known. */
function hasIn(options: Value, holder: string, name: string): Answer {
  const value = property(options, holder)
  if (value?.kind === 'function') return 'unknown'
  if ([value, property(value, 'options'), property(value, 'connectionString'), property(options, 'url')].some((one) => mentions(one, name)))
    return 'yes'
  return value?.kind === 'environment' || value?.kind === 'template' || value?.kind === 'literal' ? 'no' : hasProperty(value, name)
}

/** True for an address, or options of Postgres, that say it: `…/shop?statement_timeout=5000`, `-c statement_timeout=5s`. A time of 0 is none. */
export function mentions(value: Value | null, name: string): boolean {
  const texts = value?.kind === 'template' ? value.parts.flatMap((part) => stringsOf(part)) : stringsOf(value)
  return texts.some((text) => text.includes(`${name}=`) && !new RegExp(`${name}=0(?![\\d.])`).test(text))
}

function eitherOf(answers: readonly Answer[]): Answer {
  return answers.includes('yes') ? 'yes' : agreement(answers)
}
