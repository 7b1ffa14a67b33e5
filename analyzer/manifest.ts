// What an edited package.json changes in the facts of its package.
import type { PackageFacts } from './model/model.js'

/** Takes dependencies, scripts and module type over from the new text. While it is no JSON, or for any other file, the packages stay as they are. */
export function withManifest(packages: readonly PackageFacts[], file: string, text: string): readonly PackageFacts[] {
  if (!/(^|\/)package\.json$/.test(file)) return packages
  const folder = file.slice(0, -'/package.json'.length)
  const manifest = parsed(text)
  if (manifest === null) return packages
  const changed = {
    dependencies: {
      ...texts(manifest['peerDependencies']),
      ...texts(manifest['optionalDependencies']),
      ...texts(manifest['dependencies']),
    },
    devDependencies: texts(manifest['devDependencies']),
    scripts: texts(manifest['scripts']),
    isModule: manifest['type'] === 'module',
  }
  return packages.map((facts) => (facts.folder === folder ? { ...facts, ...changed } : facts))
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return record(JSON.parse(text.replace(/^\uFEFF/, '')))
  } catch {
    return null
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : null
}

function texts(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record(value) ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}
