// Who uses a package of the workspace: servers, or browsers and terminals alone.
import type { PackageFacts } from '../model/model.js'
import { isClientPackage, isServerPackage } from './clientFolders.js'

/**
 * Folders of packages that no server of the workspace uses: whatever depends on them, over any number of steps, ends in packages for browsers
 * or for terminals. A package that nobody in the workspace uses may be meant for anybody.
 */
export function packagesOffServers(packages: readonly PackageFacts[]): ReadonlySet<string> {
  const users = new Map<string, PackageFacts[]>()
  for (const user of packages)
    for (const name of packageNames(user)) {
      const known = users.get(name)
      if (known === undefined) users.set(name, [user])
      else known.push(user)
    }
  const usersOf = ({ name }: PackageFacts): readonly PackageFacts[] => (name === null ? [] : (users.get(name) ?? []))
  const isOffServers = (item: PackageFacts): boolean => {
    const reached = new Set([item])
    for (const one of reached) for (const user of usersOf(one)) reached.add(user)
    const [, ...others] = reached
    const ends = others.filter((one) => usersOf(one).length === 0)
    return (
      ends.length > 0 && ![...reached].some(mayServe) && ends.every((one) => one.bin.length > 0 || packageNames(one).some(isClientPackage))
    )
  }
  return new Set(packages.filter((item) => item.folder !== '' && isOffServers(item)).map(({ folder }) => folder))
}

/** Builds for browsers read .env files too. */
function mayServe(item: PackageFacts): boolean {
  return packageNames(item).some((name) => name !== 'dotenv' && isServerPackage(name))
}

/** Packages that package.json names, for production or for developers. */
export function packageNames({ dependencies, devDependencies }: PackageFacts): readonly string[] {
  return Object.keys({ ...dependencies, ...devDependencies })
}
