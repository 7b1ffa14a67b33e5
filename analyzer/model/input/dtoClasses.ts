// The classes behind declared types of handlers, and whether decorators say what their properties must be.
import type { ClassFacts, DecoratorFacts, SourceFacts } from '../../extract/facts.js'
import type { Location } from '../../text/location.js'
import { fileBehind } from '../imports.js'
import type { Answer, ProjectModel } from '../model.js'

export interface DtoClass {
  readonly source: SourceFacts
  readonly facts: ClassFacts
  readonly at: Location
}

/** `none`: the name is an interface, an alias of a type, or built in, of which nothing is left at run time. `unknown`: its module was not found. */
export type TypeBehind = DtoClass | 'none' | 'unknown'

/** What a type's name stands for in a file, through imports, files that pass exports on, and what a file imports as a whole: `dto.NewPilot`. */
export function typeBehind(model: ProjectModel, file: string, name: string): TypeBehind {
  const [first = '', ...inner] = name.split('.')
  return inner.length === 0 ? behind(model, file, first, 0) : within(model, file, first, inner)
}

function within(model: ProjectModel, file: string, first: string, [name = '', ...rest]: readonly string[]): TypeBehind {
  const source = model.files.get(file)
  const imported = source?.kind === 'source' ? source.imports.find(({ local }) => local === first) : undefined
  // A namespace of the file itself.
  if (imported === undefined) return 'unknown'
  if (isErased(imported.specifier, imported.imported)) return 'none'
  const target = fileBehind(model, file, imported.specifier)
  return imported.imported === '*' && target !== null && rest.length === 0 ? behind(model, target, name, 0) : 'unknown'
}

/** Types that packages of databases declare for records and conditions: nothing is left of them at run time. */
const erased: Readonly<Record<string, RegExp>> = {
  '@prisma/client': /./,
  typeorm: /^(?:DeepPartial|QueryDeepPartialEntity|Find\w+Options|FindOptions\w+|SaveOptions)$/,
  mongoose: /^(?:\w*FilterQuery|QueryFilter|UpdateQuery|HydratedDocument|InferSchemaType|LeanDocument)$/,
  sequelize: /^(?:\w*Attributes|WhereOptions)$/,
  '@mikro-orm/core': /^(?:RequiredEntityData|EntityData|EntityDTO|FilterQuery)$/,
  'drizzle-orm': /^Infer\w*Model$/,
  mongodb: /^(?:Filter|UpdateFilter|OptionalId|OptionalUnlessRequiredId|WithId|WithoutId)$/,
}

function isErased(specifier: string, imported: string): boolean {
  const [scope = '', name = ''] = specifier.split('/')
  return erased[specifier.startsWith('@') ? `${scope}/${name}` : scope]?.test(imported) === true
}

/** True where the file imports the name as a type, so that no class is left of it at run time (domain fact K35). */
export function isTypeOnly(model: ProjectModel, file: string, name: string): boolean {
  const source = model.files.get(file)
  return source?.kind === 'source' && source.imports.some(({ local, isType }) => isType && local === name)
}

/** Whether decorators check the class: `no` where it has properties and none of them, nor of what it extends, is decorated with anything that may. */
export function isChecked(model: ProjectModel, { source, facts }: DtoClass, depth = 0): Answer {
  const fields = facts.members.filter(({ kind, isStatic }) => kind === 'field' && !isStatic)
  const packages = new Map(source.imports.map(({ local, specifier }) => [local, specifier]))
  const isDecorated = facts.members.some(({ decorators }) =>
    decorators.some((decorator) => !describing.has(packages.get(decoratorName(decorator)) ?? '')),
  )
  if (isDecorated) return 'yes'
  if (facts.superClass === null) return fields.length === 0 || isSchemaClass(facts) ? 'unknown' : 'no'
  if (facts.superClass[0] !== 'name' || depth > 8) return 'unknown'
  const parent = typeBehind(model, source.file, facts.superClass[2])
  return typeof parent === 'string' ? 'unknown' : isChecked(model, parent, depth + 1)
}

/** Their decorators describe, store or convert; they check nothing. */
const describing: ReadonlySet<string> = new Set([
  '@nestjs/swagger',
  '@nestjs/graphql',
  '@nestjs/mongoose',
  'class-transformer',
  'typeorm',
  'sequelize-typescript',
  '@typegoose/typegoose',
])

/** `static schema = z.object(…)`: some pipe of the project reads it. */
function isSchemaClass({ members }: ClassFacts): boolean {
  return members.some(({ isStatic, kind }) => isStatic && (kind === 'field' || kind === 'getter' || kind === 'method'))
}

/** `Column` for `@Column()`, `@Column` and `@orm.Column()`; '' for what has no name. */
export function decoratorName({ expression }: DecoratorFacts): string {
  const callee = expression[0] === 'call' ? expression[2] : expression
  return callee[0] === 'name' ? callee[2] : callee[0] === 'member' ? callee[3] : ''
}

function behind(model: ProjectModel, file: string, name: string, depth: number): TypeBehind {
  const source = model.files.get(file)
  if (source?.kind !== 'source' || depth > 6) return 'unknown'
  const own = Object.values(source.classes).find((one) => one.name === name)
  if (own !== undefined) return { source, facts: own, at: { file, fn: own.owner, node: own.node } }
  const imported = source.imports.find(({ local }) => local === name)
  if (imported !== undefined) {
    if (isErased(imported.specifier, imported.imported)) return 'none'
    const target = fileBehind(model, file, imported.specifier)
    if (target === null || imported.imported === '*') return 'unknown'
    return behind(model, target, imported.imported === 'default' ? defaultName(model, target) : imported.imported, depth + 1)
  }
  const passedOn = source.exports.flatMap((one) => {
    if (one.kind === 'all') return [{ specifier: one.specifier, name }]
    return one.kind === 'from' && one.exported === name ? [{ specifier: one.specifier, name: one.imported }] : []
  })
  if (passedOn.length === 0) return 'none'
  const found = passedOn.map((one): TypeBehind => {
    const target = fileBehind(model, file, one.specifier)
    return target === null ? 'unknown' : behind(model, target, one.name, depth + 1)
  })
  return found.find((one) => typeof one !== 'string') ?? (found.includes('unknown') ? 'unknown' : 'none')
}

function defaultName(model: ProjectModel, file: string): string {
  const source = model.files.get(file)
  if (source?.kind !== 'source') return ''
  const exported = source.exports.find((one) => one.kind === 'local' && one.exported === 'default')
  return exported?.kind === 'local' ? exported.local : ''
}
