// What linking starts from.
import type { DeploymentFacts, FileFacts } from '../extract/facts.js'
import type { ModelSettings, PackageFacts } from '../model/model.js'
import type { TsconfigFacts } from './resolveModule.js'

/** Everything that is known of a project, before anything runs. */
export interface LinkInput {
  readonly files: ReadonlyMap<string, FileFacts>
  readonly packages: readonly PackageFacts[]
  readonly tsconfigs: readonly TsconfigFacts[]
  readonly settings: ModelSettings
  /** Entries named by the configuration; they come before what is detected. */
  readonly entries: readonly string[]
}

/** Containers, process managers and the like. Shell scripts count for what starts them and templates for what renders them: both are asked for by name. */
export function deploymentOf(input: LinkInput): readonly DeploymentFacts[] {
  return [...input.files.values()].filter((facts): facts is DeploymentFacts => facts.kind === 'deployment' && !ASKED_FOR.has(facts.format))
}

const ASKED_FOR: ReadonlySet<string> = new Set(['shell', 'ejs', 'handlebars', 'pug'])
