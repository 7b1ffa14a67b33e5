// The arguments of the commands that bring Parapet into a project and keep it there.
import { Option, type Command } from 'commander'
import { wholeNumber } from './checkCommand.js'
import type { ExitCode } from './exitCode.js'
import { BASELINE_FILE } from '../workspace/baselineFile.js'
import type { Terminal } from './terminal.js'

type Finish = (code: ExitCode) => void

/** Adds the commands to the program. `finish` is told the exit code. */
export function addAdoption(program: Command, terminal: Terminal, finish: Finish): void {
  addInit(program, terminal, finish)
  addBaseline(program, terminal, finish)
  addMerge(program, terminal, finish)
  addInspection(program, terminal, finish)
}

function addBaseline(program: Command, terminal: Terminal, finish: Finish): void {
  const baseline = program.command('baseline').description('accept findings for now, each with a note and an end')
  const descriptions = {
    create: 'accept all findings that there are now',
    update: 'accept what is new, forget what is gone, keep notes and ends',
    prune: 'forget entries of findings that are gone',
    review: 'go through the findings that are not accepted, one by one',
  } as const
  for (const [name, description] of Object.entries(descriptions) as [keyof typeof descriptions, string][]) {
    const command = baseline
      .command(name)
      .description(description)
      .argument('[paths...]', 'a folder that holds a server, or files and folders of one')
      .option('--file <file>', 'the baseline', BASELINE_FILE)
      .addOption(new Option('--preset <name>', 'the rules that are on').choices(['recommended', 'strict']))
      .addOption(
        new Option('--min-confidence <level>', 'accept from this confidence on (default: medium)').choices(['low', 'medium', 'high']),
      )
      .option('--config <file>', 'use this configuration instead of the nearest parapet.config.json')
      .option('--no-cache', 'read and parse every file anew')
    if (name !== 'prune') {
      command.option('--note <text>', 'why the new entries are accepted', '')
      command.option('--expires <day>', 'the last day on which the new entries are accepted, as YYYY-MM-DD')
    }
    if (name === 'create') command.option('--force', 'replace a baseline that is there', false)
    command.action(async (paths: string[], options) => {
      const commands = await import('./commands/baseline.js')
      finish(await commands.baseline(name, paths, options as Parameters<typeof commands.baseline>[2], terminal))
    })
  }
}

function addInit(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('init')
    .description('look at a project, write its configuration, and offer a workflow, a hook and a baseline')
    .argument('[path]', 'the folder of the server')
    .option('-y, --yes', 'take every offer without asking', false)
    .addOption(new Option('--preset <name>', 'the rules that are on').choices(['recommended', 'strict']))
    .addOption(new Option('--workflow <host>', 'write a workflow for this host').choices(['github', 'gitlab', 'none']))
    .option('--pre-commit', 'check what is staged before each commit')
    .option('--no-pre-commit', 'write no hook')
    .option('--baseline', 'accept the findings that there are now')
    .option('--no-baseline', 'accept nothing')
    .option('--force', 'write anew what is there already', false)
    .action(async (path: string | undefined, options) => {
      const { init } = await import('./commands/init.js')
      finish(await init(path, options as Parameters<typeof init>[1], terminal))
    })
}

function addMerge(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('merge')
    .description('put reports of parts (JSON or SARIF) together to one')
    .argument('<files...>', 'what `check --shard … --format json=FILE` or sarif=FILE wrote, all of one kind')
    .option('-o, --output <file>', 'where to write it (default: print it)')
    .option('--max-warnings <number>', 'tolerate this many warnings', wholeNumber, 0)
    .action(async (files: string[], options) => {
      const { merge } = await import('./commands/merge.js')
      finish(merge(files, options as Parameters<typeof merge>[1], terminal))
    })
}

function addInspection(program: Command, terminal: Terminal, finish: Finish): void {
  const config = new Option('--config <file>', 'use this configuration instead of the nearest parapet.config.json')
  const noCache = new Option('--no-cache', 'read and parse every file anew')
  program
    .command('print-config')
    .description('print what is in force for a folder or a file, as JSON')
    .argument('[path]', 'the folder of the server, or a file of it')
    .addOption(config)
    .action(async (path: string | undefined, options) => {
      const { printConfig } = await import('./commands/printConfig.js')
      finish(await printConfig(path, options as Parameters<typeof printConfig>[1], terminal))
    })
  program
    .command('doctor')
    .description('say what an answer needs that can be trusted, and what of it is missing here')
    .argument('[path]', 'the folder of the server')
    .addOption(config)
    .addOption(noCache)
    .addOption(new Option('--format <name>', 'how to print it').choices(['pretty', 'json']).default('pretty'))
    .action(async (path: string | undefined, options) => {
      const { doctor } = await import('./commands/doctor.js')
      finish(await doctor(path, options as Parameters<typeof doctor>[1], terminal))
    })
}
