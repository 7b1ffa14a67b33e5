// Settings that match nothing: a typing error in a path would go unseen otherwise.
import type { FileFacts } from '../extract/facts.js'
import { packageNames } from '../link/packageAudience.js'
import { requiredModules } from '../link/requiredModules.js'
import type { PackageFacts } from '../model/model.js'
import { matches, toProjectPath, type Configuration } from './configuration.js'

export interface IdleSetting {
  readonly message: string
  /** True where something that was meant to count does not. */
  readonly isWarning: boolean
}

/** One sentence for each, in the order of the file. A configuration of a larger folder may speak of what lies outside, and is left alone. */
export function idleSettings(
  configuration: Configuration,
  files: ReadonlyMap<string, FileFacts>,
  packages: readonly PackageFacts[],
): readonly IdleSetting[] {
  const { base, overrides, ignores, entries, middleware } = configuration
  if (base.add !== '') return []
  const paths = [...files.keys()]
  const matchesSome = (glob: string): boolean => paths.some((file) => matches(file, [glob], base))
  return [
    ...overrides.flatMap((override) =>
      override.files
        .filter((glob) => !matchesSome(glob))
        .map((glob) => idle(`"overrides" has settings for ${quoted(glob)}, which matches no file that was read.`)),
    ),
    ...ignores
      .filter((glob) => !matchesSome(glob))
      .map((glob) => ({ message: `"ignores" has ${quoted(glob)}, which matches no file that was read.`, isWarning: false })),
    ...entries
      .filter((entry) => !files.has(toProjectPath(entry, base) ?? ''))
      .map((entry) => idle(`"entries" names ${quoted(entry)}, and there is no such file: no server is started from it.`)),
    ...unknownMiddleware(Object.keys(middleware), configuration, files, packages).map((name) =>
      idle(`"middleware" says what ${quoted(name)} does, but no package, file or function here is called so.`),
    ),
  ]
}

function idle(message: string): IdleSetting {
  return { message, isWarning: true }
}

function quoted(text: string): string {
  return JSON.stringify(text)
}

/** `@house/gate/express` is of `@house/gate`. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function unknownMiddleware(
  names: readonly string[],
  { base }: Configuration,
  files: ReadonlyMap<string, FileFacts>,
  packages: readonly PackageFacts[],
): readonly string[] {
  if (names.length === 0) return []
  const known = new Set(packages.flatMap(packageNames))
  for (const facts of files.values()) {
    if (facts.kind !== 'source') continue
    const bare = facts.file.replace(/\.[cm]?[jt]sx?$/, '')
    known.add(facts.file).add(bare)
    // Also what no package.json names: packages of a registry that a folder above brings along.
    for (const specifier of requiredModules(facts)) known.add(specifier).add(packageOf(specifier))
    for (const { name } of [...Object.values(facts.functions), ...Object.values(facts.classes)]) {
      if (name === '') continue
      known.add(name).add(`${facts.file}#${name}`).add(`${bare}#${name}`)
    }
  }
  return names.filter((name) => !known.has(name) && !known.has(toProjectPath(name, base) ?? ''))
}
