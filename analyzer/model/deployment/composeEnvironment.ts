// The environment that compose files give to services. Files for developers are told by their names.
import { isBesideProduct, isForProduction, stageOfWord } from '../../link/deploymentNames.js'
import { baseNameOf } from '../../link/filePath.js'
import type { Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'

export interface ComposeVariable {
  readonly file: string
  readonly service: string
  readonly name: string
  /** As written, references to other variables included. */
  readonly value: string
  readonly at: Location
}

/** In the order of the text, without files for development, tests, examples and documentation. */
export function composeVariables(model: ProjectModel): readonly ComposeVariable[] {
  return variablesBelow(model, ['environment'])
}

/** What they give to the builds of images, in whose history it stays. */
export function composeArguments(model: ProjectModel): readonly ComposeVariable[] {
  return variablesBelow(model, ['build', 'args'])
}

function variablesBelow(model: ProjectModel, path: readonly string[]): readonly ComposeVariable[] {
  return model.deployment.flatMap(({ file, entries }): readonly ComposeVariable[] => {
    if (!isComposeFile(file)) return []
    return entries.flatMap(({ key, value, node }): readonly ComposeVariable[] => {
      const [section, service = '', ...rest] = key
      if (section !== 'services' || !path.every((part, index) => rest[index] === part)) return []
      // `NAME: value`, and `- NAME=value`.
      const [, listed, text] = /^([A-Z_]\w*)=(.*)$/i.exec(value) ?? []
      return [{ file, service, name: listed ?? key.at(-1) ?? '', value: (text ?? value).trim(), at: { file, fn: '', node } }]
    })
  })
}

/** The same without services that say they are for development. */
export function servedComposeVariables(model: ProjectModel): readonly ComposeVariable[] {
  const all = composeVariables(model)
  return all.filter((one) => stageOf(one, all) !== 'development')
}

/** What a service is told that it is, by its variables or the name of its file; null where nothing says it. */
export function stageOf({ file, service }: ComposeVariable, all: readonly ComposeVariable[]): 'production' | 'development' | null {
  const named = all.filter((one) => one.file === file && one.service === service && /(^|_)(ENV|ENVIRONMENT|STAGE)$/.test(one.name))
  const stages = named.map(({ value }) => stageOfWord(value))
  if (stages.includes('production') || isForProduction(file)) return 'production'
  return stages.includes('development') ? 'development' : null
}

/** True for compose files that are neither for developers nor for tests, examples and documentation. */
export function isComposeFile(file: string): boolean {
  return composeFile.test(baseNameOf(file)) && !isBesideProduct(file)
}

const composeFile = /^(?:docker-)?compose(?:[.-](?:prod|production|deploy|stack))?\.ya?ml$/i
