// What the templates of a project print of a value that a view is given.
import type { DeploymentFacts } from '../../extract/facts.js'
import { baseNameOf, folderOf } from '../../link/filePath.js'
import type { CallRecord } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { isLocal } from './errorAnswers.js'
import { isError, partNamed, type ErrorPart } from './errorParts.js'
import type { Leaf } from './errorPlaces.js'
import type { ProjectModel } from '../model.js'
import { recordedOnce } from '../recorded.js'
import { possibleValues, property, stringsOf } from '../values.js'

export interface InView {
  readonly part: ErrorPart['part']
  /** Where the template says so; null where that is not known. */
  readonly at: Location | null
  /** True where the error itself is printed as a text: its name and its message. */
  readonly isText: boolean
}

/**
 * Which part of an error gets to the page that `render` makes of a value that it gets by `record`. null where its template prints none, or asks the error whether it is meant for clients.
 * What is not known of a template is taken to print all.
 */
export function partInView(
  model: ProjectModel,
  record: CallRecord,
  render: CallRecord | null,
  { path, value }: Leaf,
  found: ErrorPart,
): InView | null {
  const part = found.part === 'whole' ? 'stack' : found.part
  const named = possibleValues(render?.args[0] ?? null).map((one) => (one.kind === 'literal' ? String(one.value) : ''))
  const views = [...named, ...stringsOf(property(render?.args[1] ?? null, 'layout'))]
  const names = [...(isLocal(record) && record.callee.kind === 'member' ? [record.callee.name] : []), ...path.map(({ key }) => key)]
  const shown = names.length === 0 || names.includes('*') ? null : shownParts(model, views, names)
  if (shown === null) return { part, at: null, isText: false }
  const printed = shown.filter(({ sort }) => sort !== 'asked')
  const all = printed.find(({ name, sort }) => (name === null && sort !== 'printed') || !isError(value))
  if (all !== undefined) return { part, at: all.at, isText: false }
  if (shown.some(({ name }) => name === 'expose')) return null
  const parts = printed.flatMap(({ name, at }) => {
    const isText = name === null
    const named = isText || name === 'toString' ? 'message' : partNamed(name)
    return named === null ? [] : [{ part: named, at, isText }]
  })
  return parts.toSorted((one, other) => rank.indexOf(one.part) - rank.indexOf(other.part))[0] ?? null
}

const rank: readonly ErrorPart['part'][] = ['stack', 'whole', 'message', 'details']

interface ShownPart {
  /** The property that stands behind the value; null where the value itself is printed, handed on or gone through. */
  readonly name: string | null
  /** `printed`: as a text. `asked`: the template only asks whether it is there. `mention`: anything else. */
  readonly sort: 'printed' | 'asked' | 'mention'
  readonly at: Location
}

/** What the templates of these names and those that they bring in speak of. null where one of them is not to be found, or where its code is not understood. */
function shownParts(model: ProjectModel, views: readonly string[], path: readonly string[]): readonly ShownPart[] | null {
  const all = templates(model)
  const found = new Set<DeploymentFacts>()
  if (views.length === 0 || !views.every((view) => addNamed(found, all, view))) return null
  for (const { file, format } of all) if ([...found].some((one) => one.format === format) && isLayout(file)) addNamed(found, all, file)
  // A set that grows while it is gone through: what is brought in may bring in more.
  for (const { entries } of found)
    for (const { key, value } of entries) if (key[0] === 'include' && !addNamed(found, all, value.replace(/^(\.\.?\/)+/, ''))) return null
  const mentions = [...found].flatMap(({ file, entries }) =>
    entries.flatMap(({ key, value, node }) =>
      key[0] === 'include' ? [] : [{ names: value.split('.'), sort: sortNamed(key[0]), at: { file, fn: '', node } }],
    ),
  )
  if (mentions.some(({ names: [first], sort }) => first === '*' || (first === 'locals' && sort !== 'asked'))) return null
  return mentions.flatMap(({ names, sort, at }) =>
    names.every((name, index) => index >= path.length || name === path[index]) ? [{ name: names[path.length] ?? null, sort, at }] : [],
  )
}

function sortNamed(key: string | undefined): ShownPart['sort'] {
  return key === 'printed' || key === 'asked' ? key : 'mention'
}

function addNamed(found: Set<DeploymentFacts>, all: readonly DeploymentFacts[], name: string): boolean {
  const named = all.filter((one) => isNamed(one, name))
  for (const one of named) found.add(one)
  return named.length > 0
}

const templates = recordedOnce((model: ProjectModel): readonly DeploymentFacts[] =>
  [...model.files.values()].flatMap((facts) => (facts.kind === 'deployment' && FORMATS.has(facts.format) ? [facts] : [])),
)

const FORMATS: ReadonlySet<string> = new Set(['ejs', 'handlebars', 'pug'])

/** With its ending or without: `error`, `pages/error`, `error.ejs`. */
function isNamed({ file }: DeploymentFacts, name: string): boolean {
  return name !== '' && [file, file.replace(/\.\w+$/, '')].some((path) => path === name || path.endsWith(`/${name}`))
}

/** Put around pages without a word of theirs, by engines that have a layout. */
function isLayout(file: string): boolean {
  return /^(layout|main|default)\./.test(baseNameOf(file)) || /(^|\/)layouts?$/.test(folderOf(file))
}
