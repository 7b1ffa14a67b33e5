// Objects of classes that have fields and nothing else, as dtos, commands and events are: they are written down with all of these.
import type { ClassFacts, ParameterFacts } from '../../extract/facts.js'
import type { MemberValue, ObjectValue, ParameterValue } from '../../link/value.js'
import { typeBehind } from '../input/dtoClasses.js'
import type { Location } from '../../text/location.js'
import type { Confidence, ProjectModel } from '../model.js'
import { sensitiveName } from '../secrets/sensitiveNames.js'

/** A field of a class whose name says that it must not be read by whoever reads the log. */
export interface SecretField {
  readonly what: string
  readonly name: string
  readonly confidence: Confidence
}

/** An instance of such a class is written down as an object is. */
export function isRecord({ instanceOf, external }: ObjectValue): boolean {
  return instanceOf !== null && external === null && instanceOf.superClass === null && holdsFieldsAlone(instanceOf.facts)
}

/** True where a parameter is declared as something that may be such a class, by the name of its type. */
export function mayBeRecord({ type }: ParameterValue): boolean {
  return (
    type !== null &&
    type.args.length === 0 &&
    /^[A-Z]\w*[a-z]/.test(type.name) &&
    !/^(?:String|Number|Boolean|Date|Error|Buffer|Object)$/.test(type.name)
  )
}

/** What a parameter, or the body that stands for one, is declared as: the first secret among the fields of its class; `none` where all of them say that there is none. */
export function declaredSecret(model: ProjectModel, { kind, at, ...value }: ParameterValue | MemberValue): SecretField | 'none' | null {
  const { type } = kind === 'parameter' && 'type' in value ? value : { type: parameterAt(model, at)?.type ?? null }
  const found = type === null || type.args.length > 0 ? 'unknown' : typeBehind(model, at.file, type.name)
  if (typeof found === 'string' || !holdsFieldsAlone(found.facts)) return null
  for (const { key, isStatic } of found.facts.members) {
    const what = typeof key === 'string' && !isStatic ? sensitiveName(key) : null
    if (what !== null && typeof key === 'string') return { what, name: key, confidence: what === 'a password' ? 'high' : 'medium' }
  }
  return found.facts.superClass === null && found.facts.members.some(({ kind: of }) => of === 'field') ? 'none' : null
}

function parameterAt(model: ProjectModel, { file, fn, node }: Location): ParameterFacts | undefined {
  const source = model.files.get(file)
  return source?.kind === 'source' ? source.functions[fn]?.parameters.find((one) => one.node === node) : undefined
}

function holdsFieldsAlone({ members }: ClassFacts): boolean {
  return members.every(({ kind, key }) => key === 'constructor' || kind === 'field')
}
