// Files that say how a project is read: what is ignored, which versions are installed, how names resolve, what is configured.

const NAMES: ReadonlySet<string> = new Set([
  'package.json',
  'parapet.config.json',
  '.gitignore',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'lerna.json',
  '.babelrc',
  'babel.config.json',
])

/** True for files whose change is more than a change of their own facts: everything is looked up anew. */
export function changesSettings(file: string): boolean {
  const name = file.slice(file.lastIndexOf('/') + 1)
  return NAMES.has(name) || /^(tsconfig.*|jsconfig)\.json$/.test(name)
}
