// The parts of a bare module specifier.

/** `@scope/name/sub/path` → name and subpath. */
export function splitSpecifier(specifier: string): { readonly name: string; readonly subpath: string } {
  const [, name = specifier, subpath = ''] = /^(@[^/]+\/[^/]+|[^/]+)(?:\/(.*))?$/.exec(specifier) ?? []
  return { name, subpath }
}

/** What a registry accepts as a name: `@/x` and `~/x` are aliases, not packages. */
export function isPackageName(name: string): boolean {
  return /^(@[a-z\d~-][\w.~-]*\/)?[a-z\d~-][\w.~-]*$/i.test(name) && !name.startsWith('~')
}
