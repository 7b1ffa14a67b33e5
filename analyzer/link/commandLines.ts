// Packages that read a command line, and run the command that it names.
import type { CallRecord, Value } from './value.js'

export const COMMAND_LINE_PACKAGES: ReadonlySet<string> = new Set([
  'commander',
  'yargs',
  'inquirer',
  'meow',
  'cac',
  'minimist',
  'prompts',
  'enquirer',
  'ora',
  'sade',
  'arg',
])

/** `yargs.command('start', …, run)`, `program.command('start').action(run)`: the functions among the arguments are what the process was started for. */
export function isCommand({ callee }: Pick<CallRecord, 'callee'>): boolean {
  let root: Value = callee
  while (root.kind === 'member' || root.kind === 'result') root = root.kind === 'member' ? root.object : root.call.callee
  return root.kind === 'package' && COMMAND_LINE_PACKAGES.has(root.package)
}
