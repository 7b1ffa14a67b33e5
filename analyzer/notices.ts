// What a user must know about a run besides findings: above all that silence is no proof where nothing was understood.
import type { FileFacts } from './extract/facts.js'
import type { ProjectModel } from './model/model.js'

export interface Notice {
  readonly kind: 'no-files' | 'no-application' | 'unknown-framework' | 'no-server' | 'exhausted-budget'
  readonly message: string
  /** True where something is likely to be missed; false where there simply is nothing. */
  readonly isWarning: boolean
}

export function noticesOf(model: ProjectModel, files: ReadonlyMap<string, FileFacts>): readonly Notice[] {
  const { seen } = model
  const notices: Notice[] = []
  const code = [...files.values()].filter((facts) => facts.kind === 'unparsed' || (facts.kind === 'source' && facts.language !== 'json'))
  if (code.length === 0)
    notices.push({ kind: 'no-files', message: 'There is no JavaScript or TypeScript here. Give the folder of a server.', isWarning: false })
  for (const name of seen.unknownFrameworks) {
    notices.push({
      kind: 'unknown-framework',
      message: `package.json depends on ${name}, a framework that Parapet does not know yet: its routes and middleware are not checked.`,
      isWarning: true,
    })
  }
  for (const name of seen.missingFrameworks) {
    notices.push({
      kind: 'no-application',
      message: `package.json depends on ${name}, but no application of it was found, so rules about what is missing stay silent. Name the module that starts it under "entries" in parapet.config.json.`,
      isWarning: true,
    })
  }
  if (seen.applications === 0 && code.length > 0 && seen.missingFrameworks.length === 0 && seen.unknownFrameworks.length === 0) {
    notices.push({
      kind: 'no-server',
      message: 'No server was found here: nothing creates an Express application. Only rules about single pieces of code ran.',
      isWarning: false,
    })
  }
  if (seen.exhaustedBudgets > 0) {
    notices.push({
      kind: 'exhausted-budget',
      message: `The boot gave up at ${seen.exhaustedBudgets} ${seen.exhaustedBudgets === 1 ? 'place' : 'places'}; what lies behind is marked incomplete.`,
      isWarning: true,
    })
  }
  return notices
}

/** True when no application was found, or one is built on a framework that is not understood: nothing can be said for sure. */
export function lacksApplication(model: ProjectModel): boolean {
  return model.seen.applications === 0 || model.seen.missingFrameworks.length > 0 || model.seen.unknownFrameworks.length > 0
}
