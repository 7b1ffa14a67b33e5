// Passwords that stand among the words of a command: `redis-server --requirepass …` in compose files, Kubernetes and images.
import type { DeploymentFacts } from '../../extract/facts.js'
import { wordsOf } from '../../link/shellCommand.js'
import type { Location } from '../../text/location.js'
import { composeVariables, isComposeFile, stageOf } from './composeEnvironment.js'
import { deployedFiles, isManifest } from './deployedFiles.js'
import type { ProjectModel } from '../model.js'
import { secretKind } from '../secrets/secretNames.js'

export interface CommandPassword {
  /** As it is written: `--requirepass`. */
  readonly option: string
  readonly value: string
  readonly at: Location
  readonly isCompose: boolean
  /** True where a service of the file is told that it is production, or the platform runs nothing else. */
  readonly isProduction: boolean
}

/** In the order of the files, whatever stands there as a value: references and places to write one are among them. */
export function commandPasswords(model: ProjectModel): readonly CommandPassword[] {
  const variables = composeVariables(model)
  const production = new Set(variables.filter((one) => stageOf(one, variables) === 'production').map(({ file }) => file))
  return deployedFiles(model).flatMap((facts): readonly CommandPassword[] => {
    const isCompose = isComposeFile(facts.file)
    if (!isCompose && !isManifest(facts) && facts.format !== 'dockerfile') return []
    const isProduction = isManifest(facts) || production.has(facts.file)
    return commandsOf(facts).flatMap((words) => passwordsAmong(words).map((one) => ({ ...one, isCompose, isProduction })))
  })
}

interface Word {
  readonly text: string
  readonly at: Location
}

/** The words of each command, which stand in one text or in a list. */
function commandsOf({ file, entries }: DeploymentFacts): readonly (readonly Word[])[] {
  const commands = new Map<string, Word[]>()
  for (const { key, value, node } of entries) {
    const isListed = /^\d+$/.test(key.at(-1) ?? '') && key.length > 2
    const path = isListed ? key.slice(0, -1) : key
    if (!/^(?:command|entrypoint|args|CMD|ENTRYPOINT)$/.test(path.at(-1) ?? '')) continue
    const name = path.join('\n')
    const words = (isListed ? [value] : wordsOf(value)).map((text) => ({ text, at: { file, fn: '', node } }))
    commands.set(name, [...(commands.get(name) ?? []), ...words])
  }
  return [...commands.values()]
}

function passwordsAmong(words: readonly Word[]): readonly Pick<CommandPassword, 'option' | 'value' | 'at'>[] {
  return words.flatMap(({ text, at }, index) => {
    const [, option = '', joined] = /^(--?[a-z][\w-]*)(?:=(.*))?$/.exec(text) ?? []
    if (!named.test(option) && (option === '' || resources.test(option) || secretKind(option) === null)) return []
    const next = words[index + 1]
    if (joined !== undefined) return [{ option, value: joined, at }]
    return next === undefined || next.text.startsWith('-') ? [] : [{ option, value: next.text, at: next.at }]
  })
}

const named = /^--(?:requirepass|masterauth)$/
/** Controllers are told by name which secret of the cluster holds a certificate, or what an image is pulled with. */
const resources = /^--?(?:[\w-]+-)?(?:tls|pull|certs?|certificate|ca)-secrets?$/
