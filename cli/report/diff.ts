// Changes as a unified diff that `git apply` and `patch -p1` take.
import { createTwoFilesPatch } from 'diff'

/** Files in order of their paths; '' when nothing changes. `before` answers '' for a file that is not there yet. */
export function unifiedDiff(texts: ReadonlyMap<string, string>, before: (file: string) => string): string {
  return [...texts].map(([file, after]) => patchOf(file, before(file), after)).join('')
}

function patchOf(file: string, before: string, after: string): string {
  const oldName = before === '' ? '/dev/null' : `a/${file}`
  const patch = createTwoFilesPatch(oldName, `b/${file}`, before, after, undefined, undefined, { context: 3 })
  // The library begins with a line of equal signs that git does not know.
  return patch.replace(/^=+\n/, '')
}
