// The commit that a change is compared with.
import { commitOf, mergeBaseOf } from '../workspace/git.js'
import { WrongUse } from './exitCode.js'
import { askGit, repositoryFor, type RepositoryPlace } from './repository.js'
import { printable } from './terminal.js'

export interface Base extends RepositoryPlace {
  /** null before the first commit. */
  readonly commit: string | null
  /** As a reader knows it. */
  readonly name: string
}

/**
 * The commit from which the work started: the last one in common with `ref`, so that what others did there meanwhile does not count.
 * Without a ref, the last commit.
 */
export function resolveSince(root: string, ref: string | null): Base {
  const place = repositoryFor(root)
  return { ...place, ...askGit(place.repository, () => baseOf(place.repository, ref)) }
}

function baseOf(repository: string, ref: string | null): Pick<Base, 'commit' | 'name'> {
  const head = commitOf(repository, 'HEAD')
  if (ref === null) return { commit: head, name: 'the last commit' }
  const commit = commitOf(repository, ref)
  if (commit === null) {
    throw new WrongUse(
      `There is no commit ${printable(ref)} here. Fetch it first; in CI, check out with the whole history (fetch-depth: 0 in GitHub Actions, GIT_DEPTH: 0 in GitLab).`,
    )
  }
  return { commit: (head === null ? null : mergeBaseOf(repository, head, commit)) ?? commit, name: ref }
}
