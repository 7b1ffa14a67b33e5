// What the client asks at a place: hover, code actions, pages.
import { join } from 'node:path'
import { ErrorCodes, MarkupKind, ResponseError, type CodeAction, type Connection, type Position, type Range } from 'vscode-languageserver'
import type { Finding } from '../analyzer/check/finding.js'
import { toProject } from '../workspace/locateProject.js'
import { rulePageUrl } from '../workspace/rulePages.js'
import { actionsAt, type Place } from './codeActions.js'
import { unlessCancelled } from './diagnosticsService.js'
import { explainRule, findingText, hoverText, routesText } from './explain.js'
import { prepareFixer } from './fixes.js'
import { ruleNamedAt } from './namedRules.js'
import { createPlaces } from './places.js'
import { linesOf } from './positions.js'
import {
  ACCEPT_REQUEST,
  EXPLAIN_COMMAND,
  EXPLAIN_REQUEST,
  FIX_WORKSPACE_COMMAND,
  ROUTES_REQUEST,
  SETTLED_REQUEST,
  WHY_REQUEST,
  type AcceptParams,
  type AcceptResult,
  type ExplainArguments,
  type ExplainParams,
  type FixWorkspaceArguments,
  type RoutesResult,
  type WhyParams,
  type WhyResult,
} from './protocol.js'
import { acceptIn, fixFolder, resolveAction, type EditSurroundings } from './resolveAction.js'
import { folderStatus } from './status.js'
import { pathOfUri } from './uris.js'
import { EditRefused } from './workspaceEdits.js'

interface Surroundings extends EditSurroundings {
  /** Resolves when the settings of all folders are there. */
  readonly settingsKnown: () => Promise<void>
}

/** Answers everything that is asked about a place or a rule. */
export function answerRequests(connection: Connection, around: Surroundings): void {
  const { documents, folders, abilities } = around

  /** What is known at a document once everything that was received is analysed; null outside of all folders. */
  async function placeOf(uri: string): Promise<Place | null> {
    const path = pathOfUri(uri)
    const project = path === null ? undefined : folders.of(path)
    if (path === null || project === undefined) return null
    await project.schedule.settled()
    const state = project.state()
    if (state === null) return null
    const place = createPlaces(state, documents, abilities().encoding)
    const uriOf = (file: string): string => documents.uriOf(join(state.root, file))
    const { hasAcceptCommand } = abilities()
    const version = documents.get(path)?.version ?? 0
    return { state, file: toProject(state.root, path), uri, version, documents, place, uriOf, hasAcceptCommand }
  }

  const findingsAt = (at: Place, position: Position): readonly Finding[] =>
    at.state.analysis.findings.filter((finding) => finding.file === at.file && holds(at.place(finding.file, finding.range), position))

  connection.onHover(async ({ textDocument, position }, token) => {
    const at = await unlessCancelled(placeOf(textDocument.uri), token)
    const [named] = namedRule(textDocument.uri, position)
    const findings = at === null ? [] : findingsAt(at, position)
    const [first] = findings
    const range = named?.range ?? (first === undefined ? undefined : at?.place(first.file, first.range))
    if (range === undefined) return null
    const said = [...(named === undefined ? [] : [named.markdown]), ...findings.map(hoverText)]
    return { contents: { kind: MarkupKind.Markdown, value: said.join('\n\n---\n\n') }, range }
  })

  /** The rule that a suppression names at a place of an open document. */
  function namedRule(uri: string, position: Position): readonly { readonly markdown: string; readonly range: Range }[] {
    const text = documents.textOf(pathOfUri(uri) ?? '')
    if (text === null) return []
    const lines = linesOf(text, abilities().encoding)
    const named = ruleNamedAt(text, lines.offsetOf(position))
    return named === null ? [] : [{ markdown: named.markdown, range: lines.rangeOf(named.range) }]
  }

  connection.onCodeAction(async (params, token) => {
    if (params.context.only?.some((kind) => kind.startsWith('source'))) beforeSave(pathOfUri(params.textDocument.uri) ?? '')
    const at = await unlessCancelled(placeOf(params.textDocument.uri), token)
    const actions = at === null ? [] : [...actionsAt(at, params)]
    if (actions.length > 0) prepareFixer()
    return abilities().resolvesEdits ? actions : unlessCancelled(resolvedNow(actions), token)
  })

  /** Whoever asks for fixes of a whole file is about to save it, so that its text counts from now on. */
  function beforeSave(path: string): void {
    const project = folders.of(path)
    if (documents.countNow(path)) project?.changed(path)
    project?.schedule.hurry()
  }

  /** For clients that take an action as it comes; one that does not apply is not offered. */
  async function resolvedNow(actions: readonly CodeAction[]): Promise<CodeAction[]> {
    const resolved: CodeAction[] = []
    for (const action of actions) {
      try {
        resolved.push(await resolveAction(action, around))
      } catch {
        continue
      }
    }
    return resolved
  }

  connection.onCodeActionResolve((action, token) => unlessCancelled(resolveAction(action, around), token))

  connection.onExecuteCommand(async ({ command, arguments: [argument] = [] }) => {
    if (command === FIX_WORKSPACE_COMMAND) await fixWorkspace((argument ?? {}) as FixWorkspaceArguments)
    else if (command === EXPLAIN_COMMAND) await explain((argument ?? {}) as Partial<ExplainArguments>)
    else throw new ResponseError(ErrorCodes.InvalidParams, `There is no command ${command}.`)
    return null
  })

  async function fixWorkspace({ grade = 'safe' }: FixWorkspaceArguments): Promise<void> {
    const label = grade === 'safe' ? 'Apply all safe fixes of Parapet' : 'Apply all fixes of Parapet, also those that change behaviour'
    for (const project of folders.all()) {
      const edit = await fixFolder(project, { grade, label }, around)
      if (edit !== null) await connection.workspace.applyEdit({ label, edit })
    }
  }

  connection.onRequest(ACCEPT_REQUEST, async ({ uri, fingerprint, note }: AcceptParams): Promise<AcceptResult> => {
    const project = folders.of(pathOfUri(uri) ?? '')
    if (project === undefined) return 'This file is in no folder of the workspace.'
    try {
      const edit = await acceptIn(project, { fingerprint, note }, around)
      const { applied } = await connection.workspace.applyEdit({ label: 'Accept for now', edit })
      return applied ? null : 'The baseline has changed meanwhile.'
    } catch (error) {
      if (error instanceof EditRefused) return error.message
      throw error
    }
  })

  /** For editors without a page of their own: the page of the rule, else a message. */
  async function explain({ ruleId, uri, fingerprint }: Partial<ExplainArguments>): Promise<void> {
    if (typeof ruleId !== 'string') throw new ResponseError(ErrorCodes.InvalidParams, `${EXPLAIN_COMMAND} wants { ruleId }.`)
    const page = rulePageUrl(ruleId)
    if (page !== null && abilities().showsDocuments) {
      await connection.window.showDocument({ uri: page, takeFocus: true })
      return
    }
    const finding = (await placeOf(uri ?? ''))?.state.analysis.findings.find((one) => one.fingerprint === fingerprint)
    if (finding !== undefined) connection.window.showInformationMessage(`${finding.message} ${finding.why} ${finding.how}`)
  }

  connection.onRequest(EXPLAIN_REQUEST, (params: ExplainParams | null) => explainRule(params?.ruleId ?? ''))

  connection.onRequest(WHY_REQUEST, async ({ uri, fingerprint }: WhyParams): Promise<WhyResult> => {
    const at = await placeOf(uri)
    const finding = at?.state.analysis.findings.find((one) => one.fingerprint === fingerprint)
    return finding === undefined ? null : { ruleId: finding.ruleId, title: finding.message, markdown: findingText(finding) }
  })

  connection.onRequest(ROUTES_REQUEST, async (): Promise<RoutesResult> => {
    await settled()
    return folders.all().map((project) => {
      const { uri, name } = folderStatus(project, undefined)
      const state = project.state()
      return { uri, name, text: state === null ? '' : routesText(state) }
    })
  })

  connection.onRequest(SETTLED_REQUEST, async () => {
    await settled()
    return null
  })

  async function settled(): Promise<void> {
    // A folder may be switched on or off by them.
    await around.settingsKnown()
    for (const { schedule } of folders.all()) {
      schedule.hurry()
      await schedule.settled()
    }
  }
}

function holds({ start, end }: Range, { line, character }: Position): boolean {
  const isAfterStart = line > start.line || (line === start.line && character >= start.character)
  return isAfterStart && (line < end.line || (line === end.line && character <= end.character))
}
