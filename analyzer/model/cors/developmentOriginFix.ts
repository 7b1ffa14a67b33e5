// Takes origins of development out of what production trusts, and leaves it its own.
import { FixRefused, suggestion, type Editor, type Fix } from '../../fix/fix.js'
import type { Value } from '../../link/value.js'
import { comesAfter, sameLocation } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import { ofEachBinding } from '../perPart.js'
import { contains } from '../search.js'
import { possibleValues, property, stringOf } from '../values.js'
import { allowListed, ORIGINS_VARIABLE, takesList } from './allowListCode.js'
import type { OriginGrant } from './originGrants.js'
import { originList } from './originList.js'
import { losesByList, originKind, type WrittenOrigins } from './writtenOrigins.js'

type ListValue = Extract<Value, { kind: 'array' }>

/**
 * Reads the origins from the environment. Where nothing but texts is listed, those of production stay as what counts while the variable is not set; in other lists
 * the variable takes the place of those of development. null where a person has to see to it.
 */
export function writtenOriginFix(model: ProjectModel, { kind, policy, first, others }: WrittenOrigins): Fix | null {
  if (policy.options === null || policy.source === 'header' || !takesList(policy)) return null
  const variable = first.variable ?? ORIGINS_VARIABLE
  const title = `Read the origins from ${variable}`
  const own = property(policy.options, 'origin')
  const texts = possibleValues(own).flatMap((one) => (one.kind === 'array' ? one.elements : [one]).flatMap((part) => stringOf(part) ?? []))
  // A list that stands elsewhere is mended there: others may read it.
  const isHere = own?.kind === 'array' && comesAfter(own.at, policy.call.at)
  const isReplaceable = own?.kind !== 'array' || (isHere && first.variable === null && texts.length === own.elements.length)
  if (isReplaceable && !losesByList(model, policy)) {
    const kept = texts.filter((text) => /^[a-z][\w+.-]*:\/\//i.test(text) && originKind({ text, variable: null }) === 'written')
    return suggestion(title, (editor) => {
      if (!allowListed(editor, [policy], variable, model, kept)) throw new FixRefused()
    })
  }
  const list = kind === 'written' ? undefined : lists(model).find((one) => elementOf(one, first) !== undefined)
  return list === undefined ? null : suggestion(title, (editor) => spreadInto(editor, model, list, [first, ...others], variable))
}

/** Lists that are written somewhere, also those that a function looks into. */
const lists = ofEachBinding(({ value }) => (value.kind === 'array' && !value.isOpen ? [value] : []), ['array'])

/** The element that is written in the list itself. */
function elementOf(list: ListValue, grant: OriginGrant): Value | undefined {
  return list.elements.find((one) => comesAfter(one.at, list.at) && contains(one, ({ at }) => sameLocation(at, grant.at)))
}

/** `['http://localhost:3000', other]` → `[...allowedOrigins, other]`. */
function spreadInto(editor: Editor, model: ProjectModel, list: ListValue, grants: readonly OriginGrant[], variable: string): void {
  const strangers = grants.filter((grant) => originKind(grant) !== 'written').map((grant) => elementOf(list, grant))
  const { kind, name } = originList(editor, model, list.at, variable)
  if (kind !== 'list') throw new FixRefused('the environment is filled later')
  const [first, ...others] = strangers.filter((one) => one !== undefined)
  if (first === undefined) throw new FixRefused('the origin stands elsewhere')
  editor.replace(first.at, `...${name}`)
  for (const one of others) editor.removeElement(one.at)
  editor.addEnvironmentExample(list.at.file, variable, 'Origins of the sites that may read responses, with commas between them.')
}
