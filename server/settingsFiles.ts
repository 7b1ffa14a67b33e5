// Files that decide more than their own findings, and what a client is asked to watch.

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

/** Everything that a project reads (see workspace/fileKinds.ts) and that decides about it. */
export const WATCHED_GLOBS: readonly string[] = [
  '**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx,json,yml,yaml,toml,env,conf,lock,dockerfile}',
  '**/{Dockerfile,Containerfile,Procfile}*',
  '**/.env*',
  '**/.gitignore',
  '**/.babelrc',
  '**/bin/*',
]
