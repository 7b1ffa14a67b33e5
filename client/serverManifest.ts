// Whether a package.json is that of a server: what decides if a language server is started at all.

/** Packages that make a server of the package which depends on them. */
const FRAMEWORKS = /^(express|fastify|@nestjs\/(core|common|platform-.+))$/

/** True where a package.json depends on a framework that Parapet reads. A text that is no JSON is no manifest. */
export function isServerManifest(text: string): boolean {
  return ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'].some((field) =>
    Object.keys(recordOf(recordOf(parsed(text))[field])).some((name) => FRAMEWORKS.test(name)),
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return null
  }
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
