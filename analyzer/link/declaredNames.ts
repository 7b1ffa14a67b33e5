// What facts declare under a name, found without a walk over them. Facts never change, so each table is made once.
import type { ClassFacts, ClassMemberFacts, ExportFacts, ImportFacts, SourceFacts } from '../extract/facts.js'

/** The import that binds a name in a module. */
export const importNamed = lookup(
  (source: SourceFacts) => source.imports,
  (one: ImportFacts) => one.local,
)

type NamedExport = Exclude<ExportFacts, { readonly kind: 'all' }>

/** The first export of a module under a name, but for what stands behind `export *`. */
export const exportNamed = lookup(
  (source: SourceFacts) => source.exports.filter((one): one is NamedExport => one.kind !== 'all'),
  (one) => one.exported,
)

/** The first member of a class of one kind under a name that is written out. */
export const methodNamed = memberLookup((one) => one.kind === 'method' && !one.isStatic)
export const getterNamed = memberLookup((one) => one.kind === 'getter' && !one.isStatic)
export const setterNamed = memberLookup((one) => one.kind === 'setter' && !one.isStatic)
export const staticGetterNamed = memberLookup((one) => one.kind === 'getter' && one.isStatic)
export const staticSetterNamed = memberLookup((one) => one.kind === 'setter' && one.isStatic)

function memberLookup(fits: (one: ClassMemberFacts) => boolean): (facts: ClassFacts, name: string) => ClassMemberFacts | undefined {
  return lookup(
    (facts: ClassFacts) => facts.members.filter(fits),
    (one) => (typeof one.key === 'string' ? one.key : null),
  )
}

/** Of several under one name the first counts. */
function lookup<Owner extends object, T>(list: (owner: Owner) => readonly T[], nameOf: (one: T) => string | null) {
  const tables = new WeakMap<Owner, ReadonlyMap<string, T>>()
  return (owner: Owner, name: string): T | undefined => {
    let table = tables.get(owner)
    if (table === undefined) {
      const made = new Map<string, T>()
      for (const one of list(owner)) {
        const key = nameOf(one)
        if (key !== null && !made.has(key)) made.set(key, one)
      }
      table = made
      tables.set(owner, table)
    }
    return table.get(name)
  }
}
