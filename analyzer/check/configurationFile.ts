// Reads parapet.config.json: what is wrong is said in a sentence with its line and column.
import { findNodeAtLocation, parse, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser'
import type { z } from 'zod'
import { DEFAULT_CONFIGURATION, type Configuration, type ConfigurationBase } from './configuration.js'
import { configurationSchema, type ConfigurationFile } from './configurationSchema.js'
import { nearest } from './nearest.js'

export interface ConfigurationProblem {
  /** Says what is wrong and what to do. */
  readonly message: string
  readonly line: number
  readonly column: number
}

export type ReadConfiguration = { readonly configuration: Configuration } | { readonly problems: readonly ConfigurationProblem[] }

/** Checks the text of a configuration file (JSON with comments) against the schema and the known rules. */
export function readConfiguration(
  text: string,
  ruleIds: readonly string[],
  base: ConfigurationBase = DEFAULT_CONFIGURATION.base,
): ReadConfiguration {
  const source = text.replace(/^\uFEFF/, '')
  const errors: ParseError[] = []
  const options = { allowTrailingComma: true, disallowComments: false }
  const tree = parseTree(source, errors, options)
  const [error] = errors
  if (error || !tree) {
    const what = error ? spaced(printParseErrorCode(error.error)) : 'the file is empty'
    return {
      problems: [
        {
          message: `This is not JSON: ${what}. Write an object such as { "preset": "recommended" }.`,
          ...positionOf(source, error?.offset ?? 0),
        },
      ],
    }
  }
  const written: unknown = parse(source, [], options)
  const outcome = configurationSchema.safeParse(written)
  const place = (path: readonly PropertyKey[], isKey: IsKey) => positionOf(source, offsetOf(tree, path, isKey))
  const unknown = unknownRules(written, ruleIds, place)
  if (outcome.success && unknown.length === 0) return { configuration: complete(outcome.data, base) }
  const wrong = outcome.success ? [] : outcome.error.issues.flatMap((issue) => describe(issue, place))
  return { problems: [...wrong, ...unknown].sort((a, b) => a.line - b.line || a.column - b.column) }
}

type IsKey = 'key' | 'value'
type PlaceOf = (path: readonly PropertyKey[], isKey: IsKey) => { line: number; column: number }

function complete(file: ConfigurationFile, base: ConfigurationBase): Configuration {
  const middleware = Object.entries(file.middleware ?? {}).map(
    ([name, capabilities]) => [name, typeof capabilities === 'string' ? [capabilities] : capabilities] as const,
  )
  return {
    preset: file.preset ?? DEFAULT_CONFIGURATION.preset,
    rules: file.rules ?? {},
    overrides: file.overrides ?? [],
    ignores: file.ignores ?? [],
    entries: file.entries ?? [],
    environment: { ...DEFAULT_CONFIGURATION.environment, ...file.environment },
    middleware: Object.fromEntries(middleware),
    gateway: file.gateway ?? [],
    minConfidence: file.minConfidence ?? DEFAULT_CONFIGURATION.minConfidence,
    base,
  }
}

function describe(issue: z.core.$ZodIssue, place: PlaceOf): ConfigurationProblem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = issue.path.length === 0 ? Object.keys(configurationSchema.shape) : ['files', 'rules']
    return issue.keys.map((key) => ({
      message: `There is no setting "${key}". ${guess(key, known) ?? `Use one of ${known.filter((name) => name !== '$schema').join(', ')}.`}`,
      ...place([...issue.path, key], 'key'),
    }))
  }
  const name = issue.path.map(String).join('.')
  const subject = name === '' ? 'The configuration' : `"${name}"`
  return [{ message: `${subject} ${wrongValue(issue)}`, ...place(issue.path, 'value') }]
}

function wrongValue(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return `must be ${choice(issue.values.map((value) => JSON.stringify(value)))}.`
    case 'invalid_type':
      return `must be ${EXPECTED[issue.expected] ?? `of type ${issue.expected}`}.`
    case 'invalid_union':
      return 'must be a capability or a list of capabilities, such as "rate-limit" or ["rate-limit", "auth"].'
    case 'too_small':
      return 'must not be empty.'
    default:
      return `is wrong: ${issue.message}.`
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  object: 'an object in braces',
  record: 'an object in braces',
  array: 'a list in brackets',
  string: 'a text in quotes',
}

/** Reads what is written, which may be wrong elsewhere: everything is said in one round. */
function unknownRules(written: unknown, ruleIds: readonly string[], place: PlaceOf): ConfigurationProblem[] {
  const overrides = memberOf(written, 'overrides')
  const paths: (readonly PropertyKey[])[] = [
    ['rules'],
    ...(Array.isArray(overrides) ? overrides.map((_, index) => ['overrides', index, 'rules']) : []),
  ]
  return paths.flatMap((path) =>
    keysOf(path.reduce<unknown>(memberOf, written))
      .filter((id) => !ruleIds.includes(id))
      .map((id) => ({
        message: `There is no rule "${id}". ${guess(id, ruleIds) ?? '`parapet rules` lists the rules.'}`,
        ...place([...path, id], 'key'),
      })),
  )
}

function memberOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<PropertyKey, unknown>>)[key] : undefined
}

function keysOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
}

function guess(name: string, known: readonly string[]): string | null {
  const best = nearest(name, known)
  return best === null ? null : `Did you mean "${best}"?`
}

function choice(options: readonly string[]): string {
  return options.length < 2 ? options.join('') : `${options.slice(0, -1).join(', ')} or ${options.at(-1) ?? ''}`
}

/** `PropertyNameExpected` as words. */
function spaced(code: string): string {
  return code.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase()
}

/** A path that leads nowhere (a missing key) stands where its nearest existing part does. */
function offsetOf(tree: Node, path: readonly PropertyKey[], isKey: IsKey): number {
  for (let length = path.length; length >= 0; length--) {
    const node = findNodeAtLocation(
      tree,
      path.slice(0, length).map((step) => (typeof step === 'number' ? step : String(step))),
    )
    if (node) return isKey === 'key' && node.parent?.type === 'property' ? node.parent.offset : node.offset
  }
  return tree.offset
}

function positionOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/)
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
