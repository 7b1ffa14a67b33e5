// What is found of sensitive parts while a value is looked through.
import type { MemberValue, ParameterValue, ResultValue, Value } from '../../link/value.js'
import { sameLocation, type Location } from '../../text/location.js'
import type { Confidence } from '../model.js'
import { sensitiveName } from '../secrets/sensitiveNames.js'
import type { Form } from './documentForms.js'
import type { KeptSecret } from './keptSecrets.js'
import type { StoredSecret } from './storedDocuments.js'
import type { SecretField } from './sensitiveRecords.js'

export interface SensitivePart {
  /** `the whole request body`, `a password`… */
  readonly what: string
  /** `whole`: an object with such things in it; `leaf`: the thing itself. */
  readonly extent: 'whole' | 'leaf'
  /** The keys under which an object that holds only it would be redacted. */
  readonly keys: readonly string[]
  readonly value: Value
  /** Where it was written: the value, or the property that holds it. */
  readonly at: Location
  /** The keys that lead to it in the value that was asked about. null once it has become text. */
  readonly path: readonly string[] | null
  readonly confidence: Confidence
  /** True where the class of the value says so, whoever hands it over. */
  readonly isDeclared?: true
  /** True for objects that tell what is in them where JavaScript makes a text of them. */
  readonly isToldByText?: boolean
  /** Forms in which it writes itself without the secret, where the call that writes it decides on the form. */
  readonly hiddenIn?: ReadonlySet<Form>
}

/** A look at one value. */
export interface Walk {
  readonly isRedactor: (at: Location) => boolean
  readonly kept: (value: ResultValue) => KeptSecret | null
  /** `isPlain`: of the plain object that a document was made. */
  readonly stored: (value: ResultValue, isPlain: boolean) => StoredSecret | null
  readonly declared: (value: ParameterValue | MemberValue) => SecretField | 'none' | null
  readonly parts: SensitivePart[]
  readonly seen: Set<Value>
  /** How it was written out on the way; null where that is left to the call that writes it. */
  form: Form | null
  isPlain: boolean
}

/** The keys on the way; null once it was written out as text, `joined` once JavaScript has put it into one by itself. */
export type Path = readonly string[] | 'joined' | null

/** Where a look begins. */
export const unwritten = { form: null, isPlain: false }

/** What was found, with the way that led to it. */
type Found = Omit<SensitivePart, 'at' | 'path'> & { readonly path: Path }

/** Looks at what is written as JSON, or printed, before anything else gets it. */
export function writtenAs(walk: Walk, by: keyof typeof WRITERS, look: () => void): void {
  const { form, isPlain } = walk
  walk.form = WRITERS[by]
  walk.isPlain ||= by.startsWith('to')
  look()
  Object.assign(walk, { form, isPlain })
}

const WRITERS = { stringify: 'json', inspect: 'print', toJSON: 'json', toObject: 'print' } as const

/** A document, unless it leaves the secret out in the form in which it is written. */
export function addStored(walk: Walk, { field, hiddenIn, ...stored }: StoredSecret, value: Value, path: Path): void {
  const form = walk.form ?? (path === 'joined' ? 'print' : null)
  if (form === null ? hiddenIn.size === 2 : hiddenIn.has(form)) return
  const isToldByText = stored.isToldByText && !walk.isPlain
  add(walk, {
    ...stored,
    isToldByText,
    extent: 'whole',
    keys: [field],
    value,
    path,
    ...(form === null && hiddenIn.size > 0 ? { hiddenIn } : {}),
  })
}

/** The thing itself. */
export function leaf(what: string, value: Value, path: Path, confidence: Confidence): Found {
  return { what, extent: 'leaf', keys: [], value, path, confidence }
}

/** What the name says that it is, if anything. */
export function addNamed(walk: Walk, name: string, value: Value, path: Path, confidence: Confidence = 'medium'): void {
  const what = sensitiveName(name)
  if (what !== null) add(walk, leaf(`${what} (${name})`, value, path, confidence))
}

/** Each thing once per place. */
export function add(walk: Walk, { path, ...part }: Found): void {
  if (path === 'joined' && part.extent === 'whole' && part.isToldByText !== true && !isReadable(part.value)) return
  if (!walk.parts.some((one) => one.what === part.what && sameLocation(one.at, part.value.at)))
    walk.parts.push({ ...part, path: path === 'joined' ? null : path, at: part.value.at })
}

/** Bytes and lists tell what is in them; of other objects a text holds `[object Object]`. */
function isReadable(value: Value): boolean {
  return value.kind === 'member' && /^raw(Body|Headers)$/.test(value.name)
}
