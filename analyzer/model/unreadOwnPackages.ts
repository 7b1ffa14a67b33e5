// Packages of the project's own people that stand in front of routes and were not read.
import { isOwnPackage } from '../link/ownPackages.js'
import { opacityOf } from './opacity.js'
import type { ProjectModel } from './model.js'

/** Their names, in the order of registration. */
export function unreadOwnPackages(model: ProjectModel): readonly string[] {
  const names = new Set<string>()
  for (const scope of model.scopes) {
    for (const gap of scope.gaps) if (gap.package !== null && isOwnPackage(model.packages, gap.package)) names.add(gap.package)
    for (const entry of scope.entries) {
      if (entry.isOff || entry.kind !== 'layer') continue
      for (const handler of entry.handlers) {
        for (const name of opacityOf(model, handler).packages) if (isOwnPackage(model.packages, name)) names.add(name)
      }
    }
  }
  return [...names]
}

/** Packages of the same house that package.json depends on, wherever they are used. */
export function unreadDependencies({ packages }: ProjectModel): readonly string[] {
  const read = new Set(packages.map(({ name }) => name))
  const names = packages.flatMap(({ dependencies }) => Object.keys(dependencies))
  return [...new Set(names)].filter((name) => !read.has(name) && isOwnPackage(packages, name))
}
