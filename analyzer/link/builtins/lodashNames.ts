// The ways to name a function of lodash: `_.merge`, `lodash/merge`, lodash.merge.
import type { PackageValue } from '../value.js'

/** The lower-case name of a function of lodash or underscore, since lodash.defaultsdeep is a package; null for every other package. */
export function lodashFunction({ package: name, path }: PackageValue): string | null {
  if (name === 'lodash' || name === 'lodash-es' || name === 'underscore')
    return path.findLast((part) => part !== 'default')?.toLowerCase() ?? null
  return /^(?:lodash(?:-es)?\/|lodash\.)(\w+)(?:\.js)?$/.exec(name)?.[1]?.toLowerCase() ?? null
}
