// What `parapet check` is told, and what of it does not go together.
import type { Configuration } from '../../analyzer/check/configuration.js'
import type { CompareOptions } from '../compare.js'
import { WrongUse } from '../exitCode.js'
import { readOutput, refuseClashes, type Output } from '../report/formats.js'

export interface CheckCommand extends CompareOptions {
  readonly rule: readonly string[]
  readonly preset?: Configuration['preset']
  readonly minConfidence?: Configuration['minConfidence']
  readonly fix: boolean
  readonly unsafe: boolean
  readonly diff: boolean
  readonly maxWarnings: number
  readonly requireApp: boolean
  readonly quiet: boolean
  readonly stats: boolean
  readonly config?: string
  readonly cache: boolean
  /** `name` or `name=file`, each. */
  readonly format: readonly string[]
  readonly watch: boolean
  readonly stdin: boolean
  readonly stdinFilename?: string
  /** `index/count`. */
  readonly shard?: string
  /** The folder of one application. */
  readonly application?: string
  readonly exitZero: boolean
}

/** Where the reports go: what `--format` says, else one for people. Throws `WrongUse` for options that contradict each other. */
export function outputsOf(paths: readonly string[], options: CheckCommand): readonly Output[] {
  refuseContradictions(paths, options)
  const { format, quiet } = options
  const outputs: readonly Output[] = format.length > 0 ? format.map(readOutput) : [{ format: quiet ? 'concise' : 'pretty', file: null }]
  refuseClashes(outputs)
  return outputs
}

function refuseContradictions(paths: readonly string[], options: CheckCommand): void {
  const { unsafe, fix, diff, format, staged, stdin, stdinFilename, watch, shard, application } = options
  const [first] = format
  const problem = [
    unsafe && !fix && !diff && '--unsafe says which fixes to apply: use it with --fix or --diff.',
    diff && first !== undefined && `--diff prints a unified diff: use it without --format ${first}.`,
    fix && staged && '--staged looks at what is staged, --fix changes files: apply fixes first and stage them.',
    fix && stdin && '--fix changes files, and what comes in on standard input is none: use --diff.',
    staged && stdin && '--staged and --stdin each say where the text comes from: use one of them.',
    stdin && stdinFilename === undefined && '--stdin needs to know which file the text stands for: add --stdin-filename FILE.',
    !stdin && stdinFilename !== undefined && '--stdin-filename says what the text on standard input is: use it with --stdin.',
    stdin && paths.length > 0 && 'With --stdin the file is named by --stdin-filename: leave the paths out.',
    (shard ?? application) !== undefined &&
      (staged || stdin) &&
      '--shard and --application take a part of the work tree: use them without --staged and --stdin.',
    shard !== undefined && application !== undefined && '--shard and --application each choose a part: use one of them.',
    watch &&
      (fix || diff || stdin || staged) &&
      '--watch reports again after each change: use it without --fix, --diff, --stdin and --staged.',
  ].find((sentence) => sentence !== false)
  if (problem !== undefined) throw new WrongUse(problem)
}
