// The arguments of `parapet report`.
import type { Command } from 'commander'
import type { ExitCode } from './exitCode.js'
import type { Terminal } from './terminal.js'

/** Adds the command to the program. `finish` is told the exit code. */
export function addReport(program: Command, terminal: Terminal, finish: (code: ExitCode) => void): void {
  program
    .command('report')
    .description('say what is in place, and what is missing, before a server goes to production')
    .argument('[path]', 'the folder of the server')
    .option(
      '--format <name[=file]>',
      'markdown, json or html; may be repeated, each to its file (default: markdown)',
      (value: string, previous: readonly string[]) => [...previous, value],
      [],
    )
    .option('--baseline <file>', 'also say what changed since this baseline')
    .option('--config <file>', 'use this configuration instead of the nearest parapet.config.json')
    .option('--no-cache', 'read and parse every file anew')
    .action(async (path: string | undefined, options) => {
      const { report } = await import('./commands/report.js')
      finish(await report(path, options as Parameters<typeof report>[1], terminal))
    })
}
