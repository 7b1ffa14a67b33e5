// What is reported for each file, over all folders, and a name for each state of it.
import type { Diagnostic } from 'vscode-languageserver'
import { hashText } from '../analyzer/text/hash.js'

export interface FileReport {
  readonly path: string
  readonly items: readonly Diagnostic[]
  /** Equal for equal items. */
  readonly resultId: string
}

export interface Reports {
  /** Takes the diagnostics of one folder over and answers with the files for which something changed. */
  readonly update: (root: string, byPath: ReadonlyMap<string, readonly Diagnostic[]>) => readonly FileReport[]
  readonly of: (path: string) => FileReport
  /** Files that have diagnostics. */
  readonly all: () => readonly FileReport[]
}

/** The id of an empty report. */
export const NOTHING = hashText('[]')

export function createReports(): Reports {
  const byRoot = new Map<string, ReadonlyMap<string, readonly Diagnostic[]>>()
  let reports = new Map<string, FileReport>()

  /** Most files stay as they are, and comparing texts is much cheaper than hashing them. */
  const lastTexts = new Map<string, { readonly text: string; readonly report: FileReport }>()

  function reportOf(path: string): FileReport {
    const texts = new Map([...byRoot.values()].flatMap((byPath) => byPath.get(path) ?? []).map((item) => [JSON.stringify(item), item]))
    const text = [...texts.keys()].join('\n')
    const last = lastTexts.get(path)
    if (last?.text === text) return last.report
    const report = { path, items: [...texts.values()], resultId: texts.size === 0 ? NOTHING : hashText(text) }
    if (texts.size === 0) lastTexts.delete(path)
    else lastTexts.set(path, { text, report })
    return report
  }

  return {
    update: (root, byPath) => {
      const touched = new Set([...(byRoot.get(root)?.keys() ?? []), ...byPath.keys()])
      byRoot.set(root, byPath)
      const changed: FileReport[] = []
      const next = new Map(reports)
      for (const path of touched) {
        const report = reportOf(path)
        if (report.resultId !== (reports.get(path)?.resultId ?? NOTHING)) changed.push(report)
        if (report.items.length === 0) next.delete(path)
        else next.set(path, report)
      }
      reports = next
      return changed
    },
    of: (path) => reports.get(path) ?? { path, items: [], resultId: NOTHING },
    all: () => [...reports.values()],
  }
}
