// The git repository around a project.
import { GitFailure } from '../workspace/git.js'
import { repositoryOf, toProject } from '../workspace/locateProject.js'
import { WrongUse } from './exitCode.js'
import { printable } from './terminal.js'

export interface RepositoryPlace {
  /** Absolute folder of the repository. */
  readonly repository: string
  /** From the repository to the checked folder; '' for the repository itself. */
  readonly folder: string
}

/** Where the repository of a project is, and which folder of it is checked. Throws `WrongUse` outside of git. */
export function repositoryFor(root: string): RepositoryPlace {
  const repository = repositoryOf(root)
  if (repository === null) throw new WrongUse(`${printable(root)} is in no git repository, so there is nothing to compare with.`)
  return { repository, folder: toProject(repository, root) }
}

/** What git answers. Where it fails, `WrongUse` says what it said. */
export function askGit<Answer>(repository: string, question: () => Answer): Answer {
  try {
    return question()
  } catch (error) {
    if (error instanceof GitFailure) throw new WrongUse(`${printable(repository)} cannot be read by git: ${printable(error.message)}.`)
    throw error
  }
}
