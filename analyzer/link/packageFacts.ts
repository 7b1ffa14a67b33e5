// Small questions to a package.json.
import type { PackageFacts } from '../model/model.js'
import { joinPath } from './filePath.js'

/** True when the package lists `name` among its dependencies of any kind. */
export function declares(item: PackageFacts | null, name: string): boolean {
  return item !== null && (name in item.dependencies || name in item.devDependencies)
}

/** `NODE_PATH=./src node …` in a package script makes src a folder in which bare names are looked up. */
export function searchFoldersOf(item: PackageFacts): readonly string[] {
  const paths = Object.values(item.scripts).flatMap((script) =>
    [...script.matchAll(/\bNODE_PATH=["']?([^\s"'$]+)/g)].map((match) => match[1] ?? ''),
  )
  return [...new Set(paths.flatMap((path) => path.split(/[:;]/)))].flatMap((path) => joinPath(item.folder, path) ?? [])
}
