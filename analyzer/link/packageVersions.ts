// Which version of a package a file gets, of the package.json files around it.
import type { PackageFacts } from '../model/model.js'
import { isInside } from './filePath.js'

export interface Version {
  readonly major: number
  readonly minor: number
  readonly patch: number
}

/** True from that version on. */
export function isAtLeast(version: Version, [major, minor, patch]: readonly [number, number, number]): boolean {
  if (version.major !== major) return version.major > major
  return version.minor === minor ? version.patch >= patch : version.minor > minor
}

/** The version in the nearest package.json above the file that names the package: the locked one, else the lowest that its range allows. null where none says. */
export function versionAbove(packages: readonly PackageFacts[], file: string, packageName: string): Version | null {
  for (const owner of packagesOver(packages, file)) {
    const text = owner.locked[packageName] ?? owner.dependencies[packageName] ?? owner.devDependencies[packageName]
    const numbers = text === undefined ? null : /(\d+)(?:\.(\d+)(?:\.(\d+))?)?/.exec(text)
    if (numbers !== null) return { major: Number(numbers[1]), minor: Number(numbers[2] ?? 0), patch: Number(numbers[3] ?? 0) }
  }
  return null
}

/** The package.json files in the folders above a file, or in a folder and above it, nearest first. */
export function packagesOver(packages: readonly PackageFacts[], place: string): readonly PackageFacts[] {
  let known = over.get(packages)
  if (known === undefined) over.set(packages, (known = new Map()))
  let found = known.get(place)
  if (found === undefined) {
    found = packages.filter(({ folder }) => isInside(place, folder)).sort((a, b) => b.folder.length - a.folder.length)
    known.set(place, found)
  }
  return found
}

// They are asked for every call of some names; lists of packages never change.
const over = new WeakMap<readonly PackageFacts[], Map<string, readonly PackageFacts[]>>()
