// Which files are broken, and which tests should notice.

export interface Target {
  readonly file: string
  /** Parts of the paths of test files. Tests that never call the file are not repeated. */
  readonly tests: readonly string[]
  /** How many mutants are tried; null for all. */
  readonly sample: number | null
}

/** One rule of each family: mutants of a rule are judged by its own tests. */
const RULES = [
  'require-security-headers',
  'no-permissive-cors',
  'require-auth-rate-limit',
  'no-error-object-in-response',
  'no-console',
  'no-hardcoded-secret',
]

/** What many rules ask. */
const QUERIES = ['limits/limiters', 'errors/errorLeaks', 'conduct', 'headers/headerShortfall']

export const TARGETS: readonly Target[] = [
  { file: 'analyzer/model/queries.ts', tests: ['analyzer/model/', 'rules/'], sample: null },
  ...RULES.map((id): Target => ({ file: `rules/${id}/rule.ts`, tests: [`rules/${id}/`], sample: null })),
  ...QUERIES.map((name): Target => ({ file: `analyzer/model/${name}.ts`, tests: ['analyzer/model/', 'rules/'], sample: 40 })),
]
