// What a user may decide, with its defaults, and what follows for one rule and one file.
import { minimatch } from 'minimatch'
import type { Capability, Confidence } from '../model/model.js'
import type { Preset, Rule, Severity } from './rule.js'

/** `on` keeps the rule's own severity. */
export type RuleSetting = 'off' | 'on' | Severity

export interface Override {
  readonly files: readonly string[]
  readonly rules: Readonly<Record<string, RuleSetting>>
}

export interface Configuration {
  readonly preset: Preset
  readonly rules: Readonly<Record<string, RuleSetting>>
  readonly overrides: readonly Override[]
  readonly ignores: readonly string[]
  readonly entries: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly middleware: Readonly<Record<string, readonly Capability[]>>
  readonly gateway: readonly Capability[]
  readonly minConfidence: Confidence
  /** Where the configuration file stands, seen from the analysed folder. */
  readonly base: ConfigurationBase
}

/**
 * Globs are relative to the folder of the configuration file. `add` is the way from there down to the analysed folder
 * (`apps/api/` when the file stands two folders above), `strip` the way from the analysed folder down to it. At most one is not ''.
 */
export interface ConfigurationBase {
  readonly add: string
  readonly strip: string
}

export const DEFAULT_CONFIGURATION: Configuration = {
  preset: 'recommended',
  rules: {},
  overrides: [],
  ignores: [],
  entries: [],
  environment: { NODE_ENV: 'production' },
  middleware: {},
  gateway: [],
  minConfidence: 'medium',
  base: { add: '', strip: '' },
}

/** The severity of a rule's findings in one file: `off`, a severity, or `on` where the rule decides. Later overrides win. */
export function settingOf(rule: Rule, file: string, configuration: Configuration): RuleSetting {
  let setting = defaultSetting(rule, configuration)
  for (const override of configuration.overrides) {
    const own = override.rules[rule.id]
    if (own !== undefined && matches(file, override.files, configuration.base)) setting = own
  }
  return setting
}

/** True when the rule can report somewhere under this configuration. */
export function isEnabled(rule: Rule, configuration: Configuration): boolean {
  if (defaultSetting(rule, configuration) !== 'off') return true
  return configuration.overrides.some((override) => (override.rules[rule.id] ?? 'off') !== 'off')
}

/** True for files in which nothing is reported. They are read all the same, so that the model stays whole. */
export function isIgnored(file: string, configuration: Configuration): boolean {
  return configuration.ignores.length > 0 && matches(file, configuration.ignores, configuration.base)
}

const RANK: Readonly<Record<Confidence, number>> = { low: 0, medium: 1, high: 2 }

export function isAtLeast(confidence: Confidence, minimum: Confidence): boolean {
  return RANK[confidence] >= RANK[minimum]
}

/** A path of the configuration as one of the analysed folder; null when it lies outside. */
export function toProjectPath(path: string, base: ConfigurationBase): string | null {
  const plain = path.replace(/^\.\//, '')
  if (base.add === '') return base.strip + plain
  return plain.startsWith(base.add) ? plain.slice(base.add.length) : null
}

/** The strict preset holds everything that the recommended one holds. */
function defaultSetting(rule: Rule, configuration: Configuration): RuleSetting {
  const isInPreset = configuration.preset === 'strict' || rule.presets.includes('recommended')
  return configuration.rules[rule.id] ?? (isInPreset ? 'on' : 'off')
}

/** True when one of the globs matches the file of the analysed folder. */
export function matches(file: string, globs: readonly string[], base: ConfigurationBase): boolean {
  if (!file.startsWith(base.strip)) return false
  const path = base.add + file.slice(base.strip.length)
  return globs.some(
    (glob) =>
      minimatch(path, glob.replace(/^\.\//, ''), { dot: true, matchBase: !glob.includes('/') }) ||
      minimatch(path, folderGlob(glob), { dot: true }),
  )
}

/** A folder's name stands for all that is in it. */
function folderGlob(glob: string): string {
  return `${glob.replace(/^\.\//, '').replace(/\/+$/, '')}/**`
}
