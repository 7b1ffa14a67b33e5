// The command line: arguments to commands, and every failure to a sentence and an exit code.
import { Command, CommanderError, Help, Option } from 'commander'
import { addAdoption } from './adoptionCommands.js'
import { addCheck } from './checkCommand.js'
import { EXIT, WrongUse, type ExitCode } from './exitCode.js'
import { addReport } from './reportCommand.js'
import { colorsFor, type Terminal } from './terminal.js'
import { VERSION } from './version.js'

/** Runs the command line with its arguments (without node and script) and answers the exit code. Never throws. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT.clean
  const program = createProgram(terminal, (outcome) => {
    code = outcome
  })
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    return explainFailure(error, terminal)
  }
}

function createProgram(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  const program = new Command('parapet')
    .description('Boots your Express, Fastify or NestJS server in its head and says what stands between it and production.')
    .version(VERSION, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err, getOutHasColors: () => false, getErrHasColors: () => false })
    .configureHelp({ optionDescription: describedOption })
    .showHelpAfterError('Run with --help to see what can be said here.')
    .addHelpText('after', '\nExit codes: 0 nothing to report, 1 findings, 2 wrong use or broken configuration, 3 internal error.')
  addCheck(program, terminal, finish)
  addReport(program, terminal, finish)
  addAdoption(program, terminal, finish)
  addModelCommands(program, terminal, finish)
  addRuleCommands(program, terminal, finish)
  addServer(program)
  return program
}

/** A default is said where it says something: that a switch is off, or a list empty, is what readers assume. */
function describedOption(option: Option): string {
  return new Help().optionDescription(option).replace(/ \(default: (?:false|\[\]|"")\)$/, '')
}

type Finish = (code: ExitCode) => void

function addModelCommands(program: Command, terminal: Terminal, finish: Finish): void {
  const config = new Option('--config <file>', 'use this configuration instead of the nearest parapet.config.json')
  const noCache = new Option('--no-cache', 'read and parse every file anew')
  program
    .command('routes')
    .description('print every route with the chain in front of it')
    .argument('[path]', 'the folder of the server')
    .option('--unreached', 'print the registrations that no entry reaches, and why', false)
    .addOption(config)
    .addOption(noCache)
    .addOption(formatOption('table', 'json'))
    .action(async (path: string | undefined, options) => {
      const { routes } = await import('./commands/routes.js')
      finish(await routes(path, options as Parameters<typeof routes>[1], terminal))
    })
  program
    .command('why')
    .description('say which line protects a route, or what was looked at')
    .argument('<route>', 'a path such as /login, or "POST /login"')
    .argument('[capability]', 'such as rate-limit, cors, security-headers, auth, validation, error-handler')
    .option('--project <folder>', 'the folder of the server (default: the current one)')
    .addOption(config)
    .addOption(noCache)
    .action(async (route: string, capability: string | undefined, options) => {
      const { why } = await import('./commands/why.js')
      finish(await why(route, capability, options as Parameters<typeof why>[2], terminal))
    })
  program
    .command('model')
    .description('print all that is understood of a project')
    .argument('[path]', 'the folder of the server')
    .addOption(config)
    .addOption(noCache)
    .action(async (path: string | undefined, options) => {
      const { model } = await import('./commands/model.js')
      finish(await model(path, options as Parameters<typeof model>[1], terminal))
    })
}

function addRuleCommands(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('explain')
    .description('say what a rule reports, why, and what to do')
    .argument('<rule>', 'the id of a rule')
    .addOption(formatOption('pretty', 'json'))
    .action(async (id: string, options) => {
      const { explain } = await import('./commands/explain.js')
      finish(await explain(id, options as Parameters<typeof explain>[1], terminal))
    })
  program
    .command('rules')
    .description('list the rules')
    .addOption(formatOption('table', 'json'))
    .action(async (options) => {
      const { rules } = await import('./commands/rules.js')
      finish(await rules(options as Parameters<typeof rules>[0], terminal))
    })
}

function addServer(program: Command): void {
  program
    .command('lsp')
    .description('run the language server, for editors')
    .option('--stdio', 'talk over standard input and output (the default)')
    .allowUnknownOption()
    .allowExcessArguments()
    .action(async () => {
      const { lsp } = await import('./commands/lsp.js')
      await lsp()
    })
}

function formatOption(first: string, ...others: string[]): Option {
  return new Option('--format <name>', 'how to print it').choices([first, ...others]).default(first)
}

/** Wrong use is the user's to mend and needs no stack; anything else is ours. */
function explainFailure(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.wrongUse
  const colors = colorsFor(terminal)
  if (error instanceof WrongUse) {
    terminal.err(`${colors.red('parapet:')} ${error.message}\n`)
    return EXIT.wrongUse
  }
  if (isFileSystemError(error)) {
    terminal.err(`${colors.red('parapet:')} ${error.message}. Check that the file can be read and written.\n`)
    return EXIT.wrongUse
  }
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error)
  terminal.err(`${colors.red('internal error:')} ${details}\nThis is a fault of Parapet and not of your code: please report it.\n`)
  return EXIT.internalError
}

function isFileSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error && 'path' in error
}
