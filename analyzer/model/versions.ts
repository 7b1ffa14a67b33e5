// Which version of a package a file gets, asked of the model.
import { packagesOver, versionAbove, type Version } from '../link/packageVersions.js'
import type { PackageFacts, ProjectModel } from './model.js'

/** The version in the nearest package.json above the file that names the package: the locked one, else the lowest that its range allows. null where none says. */
export function versionOf(model: ProjectModel, file: string, packageName: string): Version | null {
  return versionAbove(model.packages, file, packageName)
}

/** The package.json files in the folders above a file, or in a folder and above it, nearest first. */
export function packagesAbove(model: ProjectModel, place: string): readonly PackageFacts[] {
  return packagesOver(model.packages, place)
}

/** The nearest of them. */
export function packageAt(model: ProjectModel, place: string): PackageFacts | null {
  return packagesAbove(model, place)[0] ?? null
}

/** The folder of the nearest package.json of a file; '' where there is none, and at the root. */
export function packageFolderOf(model: ProjectModel, file: string): string {
  return packageAt(model, file)?.folder ?? ''
}
