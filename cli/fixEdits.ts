// The edits of fixes, for reports that carry them.
import type { Analysis } from '../analyzer/analyze.js'
import type { Finding } from '../analyzer/check/finding.js'
import type { WorkspaceEdit } from '../analyzer/fix/fix.js'

/**
 * Answers with the edits of a finding's fix; null where it has none, refuses or fails, which `--fix` reports and a report goes on without.
 * The editor brings a parser with it, so it is loaded here and not before.
 */
export async function fixEditsOf(
  { findings, model }: Analysis,
  text: (file: string) => string | null,
): Promise<(finding: Finding) => WorkspaceEdit | null> {
  const { editsOfEach } = await import('../analyzer/fix/applyFixes.js')
  const edits = editsOfEach(
    findings.flatMap(({ fix }) => fix ?? []),
    { model, text },
  )
  return ({ fix }) => (fix === null ? null : (edits.get(fix) ?? null))
}
