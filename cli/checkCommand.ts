// The arguments of `parapet check`.
import { InvalidArgumentError, Option, type Command } from 'commander'
import type { ExitCode } from './exitCode.js'
import { FORMAT_NAMES } from './report/formats.js'
import type { Terminal } from './terminal.js'

/** Adds the command to the program. `finish` is told the exit code. */
export function addCheck(program: Command, terminal: Terminal, finish: (code: ExitCode) => void): void {
  program
    .command('check')
    .description('report what is missing or weak; without a path, in the current folder')
    .argument('[paths...]', 'a folder that holds a server, or files and folders of one')
    .option('--rule <id>', 'run this rule alone, also when it is off; may be repeated', collect, [])
    .addOption(new Option('--preset <name>', 'the rules that are on').choices(['recommended', 'strict']))
    .addOption(
      new Option('--min-confidence <level>', 'report from this confidence on (default: medium)').choices(['low', 'medium', 'high']),
    )
    .option('--fix', 'apply the safe fixes', false)
    .option('--unsafe', 'with --fix or --diff: also the suggested fixes, which change behaviour', false)
    .option('--diff', 'print what --fix would change and change nothing', false)
    .option('--baseline <file>', 'leave out the findings that this baseline accepts (default: each parapet.baseline.json of the project)')
    .option('--no-baseline', 'report what a baseline accepts too')
    .option('--since <ref>', 'report only what came since this commit, branch or tag')
    .option('--staged', 'look at what is staged, and report only what it adds to the last commit', false)
    .option('--shard <part>', 'check one part of a monorepo, such as 1/4, split by application')
    .option('--application <folder>', 'check one application of a monorepo, with the packages that it loads')
    .option('--exit-zero', 'exit with 0 although there are findings', false)
    .option('--max-warnings <number>', 'tolerate this many warnings', wholeNumber, 0)
    .option('--require-app', 'fail where no application is found or understood', false)
    .option('--quiet', 'one line for each finding and nothing else', false)
    .option('--stats', 'print times and figures of the run', false)
    .option('--watch', 'report again after each change, until it is stopped', false)
    .option('--stdin', 'read the text of one file from standard input', false)
    .option('--stdin-filename <file>', 'the file that the text on standard input stands for')
    .option('--config <file>', 'use this configuration instead of the nearest parapet.config.json')
    .option('--no-cache', 'read and parse every file anew')
    .option(
      '--format <name[=file]>',
      `how to report: ${FORMAT_NAMES.join(', ')}; may be repeated, each to its file (default: pretty)`,
      (value: string, previous: readonly string[]) => [...previous, value],
      [],
    )
    .action(async (paths: string[], options) => {
      const { check } = await import('./commands/check.js')
      finish(await check(paths, options as Parameters<typeof check>[1], terminal))
    })
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, ...value.split(',').filter((id) => id !== '')]
}

/** Reads a number of things. */
export function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('Give a whole number, 0 or more.')
  return Number(value)
}
