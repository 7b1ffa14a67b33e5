// Runs of the program that serve nobody: what they write is what they were started for.
import { COMMAND_LINE_PACKAGES, isCommand } from '../../link/commandLines.js'
import type { CallRecord } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import { callsThat } from '../perPart.js'
import { recordedOnce } from '../recorded.js'

/**
 * True for calls of a run that does not listen: `if (EXPORT_DOCS) console.log(docs) else app.listen(…)`, and what a command line offers besides the server:
 * `program.command('user:add').action(addUser)`.
 */
export function isBesideServing(model: ProjectModel, { at, stack, guards, phase }: CallRecord): boolean {
  const others = otherCommands(model)
  if (others.length > 0 && [at, ...stack].some((place) => others.some((command) => isWithin(place, command)))) return true
  if (phase !== 'boot') return false
  return guards.some(
    ({ kind, value, holds }) =>
      kind === 'condition' &&
      model.apps.some((app) =>
        app.listeners.some((listener) => listener.guards.some((other) => other.value === value && other.holds !== holds)),
      ),
  )
}

interface Command {
  readonly file: string
  readonly fn: string
}

/** What a command line runs, but for the commands that listen. */
const otherCommands = recordedOnce((model): readonly Command[] => {
  const listeners = model.apps.flatMap((app) => app.listeners.flatMap(({ at, stack }) => [at, ...stack]))
  return commandCalls(model)
    .flatMap(({ args }) => args)
    .flatMap((arg): readonly Command[] => (arg.kind === 'function' ? [{ file: arg.source.file, fn: arg.facts.id }] : []))
    .filter((command) => !listeners.some((place) => isWithin(place, command)))
})

const commandCalls = callsThat((call) => !call.isOff && isCommand(call), { packages: (name) => COMMAND_LINE_PACKAGES.has(name) })

function isWithin({ file, fn }: Location, command: Command): boolean {
  return file === command.file && (fn === command.fn || fn.startsWith(`${command.fn}.`))
}
