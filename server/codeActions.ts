// Code actions: what is offered at a place. What an action changes is worked out when it is chosen.
import { basename, join } from 'node:path'
import { CodeActionKind, type CodeAction, type CodeActionParams, type Diagnostic, type Range } from 'vscode-languageserver'
import type { Finding } from '../analyzer/check/finding.js'
import { baselineFor } from './acceptFinding.js'
import type { Documents } from './documents.js'
import { diagnosticOf } from './diagnostics.js'
import type { ProjectState } from './projectState.js'
import { isBehindText, type PlaceIn } from './places.js'
import { ACCEPT_COMMAND, EXPLAIN_COMMAND, FIX_ALL_KIND, SUPPRESS_KIND, type AcceptArguments, type ExplainArguments } from './protocol.js'
import { isUnusedSuppression, removalEdit } from './unusedSuppression.js'
import { textNow } from './workspaceEdits.js'

/** What an action carries until it is resolved. */
export type ActionData = { readonly uri: string; readonly version: number } & (
  | { readonly kind: 'fix'; readonly fingerprint: string }
  | { readonly kind: 'rule'; readonly ruleId: string; readonly grade: 'safe' | 'suggestion'; readonly where: 'file' | 'workspace' }
  | { readonly kind: 'all' }
  | { readonly kind: 'unsuppress'; readonly fingerprint: string }
  | { readonly kind: 'accept'; readonly fingerprint: string }
  | { readonly kind: 'suppress'; readonly fingerprint: string; readonly scope: 'next-line' | 'file' }
)

export interface Place {
  readonly state: ProjectState
  /** Project-relative. */
  readonly file: string
  readonly uri: string
  readonly version: number
  readonly documents: Documents
  readonly place: PlaceIn
  readonly uriOf: (file: string) => string
  /** The client asks for the reason before a finding is accepted. */
  readonly hasAcceptCommand: boolean
}

/** Actions of the kinds that are asked for; without a wish, all that speak of findings at the place. */
export function actionsAt(at: Place, { range, context }: CodeActionParams): readonly CodeAction[] {
  const wants = (kind: string): boolean => context.only === undefined || context.only.some((only) => isWithin(kind, only))
  const findings = at.state.analysis.findings.filter(({ file }) => file === at.file)
  const actions: CodeAction[] = []
  // What was typed since may have moved or cured it, and only saved text counts here.
  const isOutdated = !at.documents.countsUnsaved(join(at.state.root, at.file)) && isBehindText(at.state, at.file, at.documents)
  // A source action speaks of the whole file; unasked, it would stand in every menu.
  if (context.only !== undefined && wants(FIX_ALL_KIND) && findings.some(({ fix }) => fix?.safety === 'safe')) {
    actions.push({ title: 'Apply all safe fixes of Parapet', kind: FIX_ALL_KIND, data: dataFor(at, { kind: 'all' }) })
  }
  const here = findings
    .map((finding) => ({ finding, diagnostic: diagnosticOf(finding, at.place, at.uriOf) }))
    .filter(({ diagnostic }) => touches(diagnostic.range, range))
  if (!isOutdated && wants(CodeActionKind.QuickFix)) {
    for (const { finding, diagnostic } of here) actions.push(...quickFixes(at, finding, diagnostic), ...removals(at, finding, diagnostic))
    const seen = new Set<string>()
    for (const { finding } of here) {
      if (finding.fix !== null && !seen.has(finding.ruleId)) actions.push(...ruleFixes(at, finding))
      seen.add(finding.ruleId)
    }
  }
  for (const { finding, diagnostic } of here) {
    if (!isOutdated && wants(SUPPRESS_KIND)) actions.push(...suppressions(at, finding, diagnostic))
    if (wants(CodeActionKind.QuickFix)) actions.push(explanation(at, finding, diagnostic))
  }
  return actions
}

function quickFixes(at: Place, { fix, fingerprint }: Finding, diagnostic: Diagnostic): CodeAction[] {
  if (fix === null) return []
  return [
    {
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      ...(fix.safety === 'safe' ? { isPreferred: true } : {}),
      data: dataFor(at, { kind: 'fix', fingerprint }),
    },
  ]
}

function removals(at: Place, finding: Finding, diagnostic: Diagnostic): CodeAction[] {
  if (!isUnusedSuppression(finding.ruleId)) return []
  if (removalEdit(finding, textNow(join(at.state.root, at.file), at.documents) ?? '') === null) return []
  const data = dataFor(at, { kind: 'unsuppress', fingerprint: finding.fingerprint })
  return [{ title: 'Remove this suppression', kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], isPreferred: true, data }]
}

/** Only where there is more than one to fix. */
function ruleFixes(at: Place, { ruleId, fix }: Finding): CodeAction[] {
  const grade = fix?.safety ?? 'safe'
  const alike = at.state.analysis.findings.filter((other) => other.ruleId === ruleId && other.fix?.safety === grade)
  const inFile = alike.filter(({ file }) => file === at.file).length
  const action = (where: 'file' | 'workspace', title: string): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    data: dataFor(at, { kind: 'rule', ruleId, grade, where }),
  })
  return [
    ...(inFile > 1 ? [action('file', `Fix all ${inFile} of ${ruleId} in this file`)] : []),
    ...(alike.length > inFile ? [action('workspace', `Fix all ${alike.length} of ${ruleId} in the workspace`)] : []),
  ]
}

function suppressions(at: Place, finding: Finding, diagnostic: Diagnostic): CodeAction[] {
  const accepting = acceptances(at, finding, diagnostic)
  if (at.file.endsWith('.json')) return accepting
  const { ruleId, fingerprint } = finding
  const action = (scope: 'next-line' | 'file', title: string): CodeAction => ({
    title,
    kind: SUPPRESS_KIND,
    diagnostics: [diagnostic],
    data: dataFor(at, { kind: 'suppress', fingerprint, scope }),
  })
  return [
    action('next-line', `Suppress ${ruleId} on this line, with a reason`),
    action('file', `Suppress ${ruleId} in this file, with a reason`),
    ...accepting,
  ]
}

/** Only where a team has a baseline already: whoever has none does not expect a file of their own for one finding. */
function acceptances(at: Place, { file, fingerprint }: Finding, diagnostic: Diagnostic): CodeAction[] {
  const path = baselineFor(file, at.state)
  if (path === null) return []
  const title = `Accept for now in ${basename(path)}`
  const action = { kind: SUPPRESS_KIND, diagnostics: [diagnostic] }
  if (!at.hasAcceptCommand) return [{ ...action, title, data: dataFor(at, { kind: 'accept', fingerprint }) }]
  const argument: AcceptArguments = { uri: at.uri, fingerprint }
  return [{ ...action, title: `${title}, with a reason`, command: { title, command: ACCEPT_COMMAND, arguments: [argument] } }]
}

function explanation(at: Place, { ruleId, fingerprint }: Finding, diagnostic: Diagnostic): CodeAction {
  const title = 'Why is this a problem?'
  const argument: ExplainArguments = { ruleId, uri: at.uri, fingerprint }
  return {
    title: `${title} (${ruleId})`,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    command: { title, command: EXPLAIN_COMMAND, arguments: [argument] },
  }
}

type Work<Data> = Data extends unknown ? Omit<Data, 'uri' | 'version'> : never

function dataFor({ uri, version }: Place, work: Work<ActionData>): ActionData {
  return { uri, version, ...work } as ActionData
}

/** `quickfix` holds `quickfix.suppress`. */
function isWithin(kind: string, only: string): boolean {
  return kind === only || only === '' || kind.startsWith(`${only}.`)
}

function touches(a: Range, b: Range): boolean {
  const isBefore = (left: Range, right: Range): boolean =>
    left.end.line < right.start.line || (left.end.line === right.start.line && left.end.character < right.start.character)
  return !isBefore(a, b) && !isBefore(b, a)
}
