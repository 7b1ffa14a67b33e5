// Packages of the same house as the project, which are project code although their text is elsewhere.
import type { PackageFacts } from '../model/model.js'

/**
 * True for a package that the project's own people wrote: one that a package.json takes from a folder, or whose scope is that of the project.
 * What it does is not known, as with all project code that was not read, where nobody would look for a package that everybody can install.
 */
export function isOwnPackage(packages: readonly PackageFacts[], name: string): boolean {
  const scope = scopeOf(name)
  return packages.some(
    (one) =>
      (scope !== null && one.name !== null && scopeOf(one.name) === scope) ||
      IN_A_FOLDER.test(one.dependencies[name] ?? one.devDependencies[name] ?? ''),
  )
}

const IN_A_FOLDER = /^(?:workspace|file|link|portal):/

function scopeOf(name: string): string | null {
  return name.startsWith('@') ? name.slice(0, name.indexOf('/') + 1) || null : null
}
