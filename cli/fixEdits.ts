// The edits of fixes, for reports that carry them.
import type { Analysis } from '../analyzer/analyze.js'
import type { Finding } from '../analyzer/check/finding.js'
import type { WorkspaceEdit } from '../analyzer/fix/fix.js'

/** Answers with the edits of a finding's fix; null where it has none, refuses or fails. The editor brings a parser with it, so it is loaded here and not before. */
export async function fixEditsOf(
  analysis: Analysis,
  text: (file: string) => string | null,
): Promise<(finding: Finding) => WorkspaceEdit | null> {
  const { editsOf } = await import('../analyzer/fix/applyFixes.js')
  const context = { model: analysis.model, text }
  return ({ fix }) => {
    try {
      return fix === null ? null : editsOf(fix, context)
    } catch {
      // `--fix` reports a fix that fails; a report goes on without it.
      return null
    }
  }
}
