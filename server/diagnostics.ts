// Findings as diagnostics.
import { addToGroup } from '../analyzer/grouped.js'
import { join } from 'node:path'
import { DiagnosticSeverity, DiagnosticTag, type Diagnostic } from 'vscode-languageserver'
import type { Finding } from '../analyzer/check/finding.js'
import type { Severity } from '../analyzer/check/rule.js'
import { rulePageUrl } from '../workspace/rulePages.js'
import type { Documents } from './documents.js'
import type { ProjectState } from './projectState.js'
import { createPlaces, type PlaceIn } from './places.js'
import type { Encoding } from './positions.js'
import type { DiagnosticData } from './protocol.js'
import { isUnusedSuppression } from './unusedSuppression.js'

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
}

/** Diagnostics of one analysis by absolute path; a broken configuration has some too. */
export function diagnosticsOf(state: ProjectState, documents: Documents, encoding: Encoding): ReadonlyMap<string, readonly Diagnostic[]> {
  const place = createPlaces(state, documents, encoding)
  const byPath = new Map<string, Diagnostic[]>()
  const add = (path: string, diagnostic: Diagnostic): void => {
    addToGroup(byPath, path, diagnostic)
  }
  for (const finding of state.analysis.findings) {
    add(
      join(state.root, finding.file),
      diagnosticOf(finding, place, (file) => documents.uriOf(join(state.root, file))),
    )
  }
  for (const { path, problems } of [state.found.main, ...state.found.nested]) {
    for (const { message, line, column } of path === null ? [] : problems) {
      const at = { line: line - 1, character: column - 1 }
      add(path!, { range: { start: at, end: at }, severity: DiagnosticSeverity.Error, source: 'parapet', code: 'configuration', message })
    }
  }
  for (const { path, problem } of state.baselines) {
    if (problem === null) continue
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }
    add(path, {
      range,
      severity: DiagnosticSeverity.Error,
      source: 'parapet',
      code: 'baseline',
      message: `The baseline is broken. ${problem}`,
    })
  }
  return byPath
}

export function diagnosticOf(finding: Finding, place: PlaceIn, uriOf: (file: string) => string): Diagnostic {
  const { ruleId, fingerprint, confidence, why, how, fix } = finding
  const data: DiagnosticData = {
    ruleId,
    fingerprint,
    confidence,
    why,
    how,
    fix: fix === null ? null : { title: fix.title, safety: fix.safety },
  }
  const href = pageOf(ruleId) ?? finding.references[0]?.url
  return {
    range: place(finding.file, finding.range),
    severity: SEVERITY[finding.severity],
    source: 'parapet',
    code: ruleId,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    message: finding.message,
    ...(isUnusedSuppression(ruleId) ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    relatedInformation: finding.related.map(({ file, range, message }) => ({
      location: { uri: uriOf(file), range: place(file, range) },
      message,
    })),
    data,
  }
}

const pages = new Map<string, string | null>()

/** The page that came with the server, so that it can be read without a network. */
function pageOf(ruleId: string): string | null {
  const known = pages.get(ruleId)
  if (known !== undefined) return known
  const url = rulePageUrl(ruleId)
  pages.set(ruleId, url)
  return url
}
