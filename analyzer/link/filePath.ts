// Arithmetic on project-relative, '/'-separated paths, where '' is the checked folder itself.

/** The folder that holds `file`; '' at the top. */
export function folderOf(file: string): string {
  const slash = file.lastIndexOf('/')
  return slash < 0 ? '' : file.slice(0, slash)
}

export function baseNameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1)
}

/** Joins and normalises. null when the result leaves the project through `..`. */
export function joinPath(folder: string, relative: string): string | null {
  const parts: string[] = []
  for (const part of `${folder}/${relative}`.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return null
  }
  return parts.join('/')
}

/** True when `file` is `folder` or stands below it. */
export function isInside(file: string, folder: string): boolean {
  return folder === '' || file === folder || file.startsWith(`${folder}/`)
}

/** `folder` and every folder above it up to '', innermost first. */
export function* foldersUpFrom(folder: string): Generator<string> {
  for (let current = folder; current !== ''; current = folderOf(current)) yield current
  yield ''
}

/** What stands directly in `folder` according to the known files, sorted by name. Empty for a folder that does not exist. */
export function listFolder(files: Iterable<string>, folder: string): readonly { readonly name: string; readonly isFolder: boolean }[] {
  const prefix = folder === '' ? '' : `${folder}/`
  const found = new Map<string, boolean>()
  for (const file of files) {
    if (!file.startsWith(prefix)) continue
    const slash = file.indexOf('/', prefix.length)
    if (slash < 0) found.set(file.slice(prefix.length), false)
    else found.set(file.slice(prefix.length, slash), true)
  }
  return [...found].map(([name, isFolder]) => ({ name, isFolder })).sort((a, b) => (a.name < b.name ? -1 : 1))
}
