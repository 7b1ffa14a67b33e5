// What a chosen action changes. A text that changed since the action was offered is not edited.
import { join } from 'node:path'
import { ErrorCodes, LSPErrorCodes, ResponseError, type CodeAction, type WorkspaceEdit } from 'vscode-languageserver'
import type { Finding } from '../analyzer/check/finding.js'
import type { WorkspaceEdit as FixEdits } from '../analyzer/fix/fix.js'
import { toProject } from '../workspace/locateProject.js'
import { acceptingEdits, baselineFor } from './acceptFinding.js'
import type { ClientAbilities } from './clientAbilities.js'
import type { ActionData } from './codeActions.js'
import type { Documents } from './documents.js'
import { editsOfAll, editsOfFinding, type Selection } from './fixes.js'
import type { FolderProject } from './folderProject.js'
import type { ProjectState } from './projectState.js'
import type { Folders } from './folders.js'
import type { AcceptParams } from './protocol.js'
import { suppressionEdit } from './suppress.js'
import { removalEdit } from './unusedSuppression.js'
import { pathOfUri } from './uris.js'
import { EditRefused, textNow, workspaceEditOf } from './workspaceEdits.js'

export interface EditSurroundings {
  readonly documents: Documents
  readonly folders: Folders
  readonly abilities: () => ClientAbilities
}

/** The action with its edit. Throws `ContentModified` where the text is another one, `RequestFailed` with the reason where the edit cannot be made. */
export async function resolveAction(action: CodeAction, around: EditSurroundings): Promise<CodeAction> {
  const data = action.data as ActionData | undefined
  if (data === undefined) return action
  const path = pathOfUri(data.uri)
  const project = path === null ? undefined : around.folders.of(path)
  if (path === null || project === undefined)
    throw new ResponseError(ErrorCodes.InvalidParams, 'This file is in no folder of the workspace.')
  const state = await freshState(project)
  if ((around.documents.get(path)?.version ?? 0) !== data.version) throw modified()
  try {
    const edit = await editFor(data, action, path, state, around)
    // Working an edit out takes time, in which the text may have changed.
    if ((around.documents.get(path)?.version ?? 0) !== data.version || project.state() !== state) throw modified()
    return { ...action, edit }
  } catch (error) {
    throw error instanceof EditRefused ? new ResponseError(LSPErrorCodes.RequestFailed, error.message) : error
  }
}

export interface FolderFix {
  readonly grade: 'safe' | 'suggestion'
  /** What the user is asked where behaviour changes. */
  readonly label: string
}

/** All fixes of one folder, as one edit; null where there is nothing to fix, or something changed meanwhile. */
export async function fixFolder(
  project: FolderProject,
  { grade, label }: FolderFix,
  around: EditSurroundings,
): Promise<WorkspaceEdit | null> {
  const state = await freshState(project)
  const edits = await editsOfAll(state, around.documents, { grade, fits: () => true })
  if (edits.size === 0 || project.state() !== state) return null
  return workspaceEditOf(edits, state.root, around.documents, around.abilities(), { confirm: grade === 'safe' ? null : label })
}

/** The edit of a baseline that accepts a finding. Throws `EditRefused` with the reason where that is not possible. */
export async function acceptIn(
  project: FolderProject,
  { fingerprint, note }: Pick<AcceptParams, 'fingerprint' | 'note'>,
  around: EditSurroundings,
): Promise<WorkspaceEdit> {
  const state = await freshState(project)
  const finding = state.analysis.findings.find((one) => one.fingerprint === fingerprint)
  if (finding === undefined) throw new EditRefused('The finding is another one by now.')
  return acceptance(finding, note, state, around)
}

async function acceptance(
  finding: Finding,
  note: string,
  state: ProjectState,
  { documents, abilities }: EditSurroundings,
): Promise<WorkspaceEdit> {
  const path = baselineFor(finding.file, state)
  const edits = path === null ? null : await acceptingEdits(finding, state, { path, text: textNow(path, documents) ?? '', note })
  if (path === null || edits === null) throw new EditRefused('The baseline cannot be read.')
  return workspaceEditOf(new Map([[toProject(state.root, path), edits]]), state.root, documents, abilities(), { confirm: null })
}

async function freshState(project: FolderProject): Promise<ProjectState> {
  project.schedule.hurry()
  await project.schedule.settled()
  const state = project.state()
  if (state === null) throw new ResponseError(LSPErrorCodes.RequestFailed, 'The project could not be analysed; the log says why.')
  return state
}

async function editFor(
  data: ActionData,
  { title }: CodeAction,
  path: string,
  state: ProjectState,
  around: EditSurroundings,
): Promise<WorkspaceEdit> {
  const { documents } = around
  const abilities = around.abilities()
  if (data.kind === 'suppress') {
    const { file, edits } = suppress(findingOf(data.fingerprint, state), data.scope, state, documents, abilities)
    return workspaceEditOf(new Map([[file, edits]]), state.root, documents, abilities, {
      confirm: null,
      ...(abilities.snippetEdits ? { isSnippet: true } : {}),
    })
  }
  if (data.kind === 'accept') return acceptance(findingOf(data.fingerprint, state), '', state, around)
  if (data.kind === 'unsuppress') {
    const finding = findingOf(data.fingerprint, state)
    const edit = removalEdit(finding, textNow(path, documents) ?? '')
    if (edit === null) throw modified()
    return workspaceEditOf(new Map([[finding.file, [edit]]]), state.root, documents, abilities, { confirm: null })
  }
  if (data.kind === 'fix') {
    const finding = findingOf(data.fingerprint, state)
    const edits = await editsOfFinding(finding, state, documents)
    if (edits === null) throw new EditRefused(`"${title}" does not apply here: ${finding.how}`)
    const confirm = finding.fix?.safety === 'suggestion' && reachesFar(edits) ? title : null
    return workspaceEditOf(edits, state.root, documents, abilities, { confirm })
  }
  const edits = await editsOfAll(state, documents, selectionOf(data, path, state))
  const confirm = data.kind === 'rule' && data.grade === 'suggestion' ? title : null
  return workspaceEditOf(edits, state.root, documents, abilities, { confirm })
}

function selectionOf(data: ActionData & { kind: 'rule' | 'all' }, path: string, { root }: ProjectState): Selection {
  const isHere = ({ file }: Finding): boolean => join(root, file) === path
  if (data.kind === 'all') return { grade: 'safe', fits: isHere }
  return { grade: data.grade, fits: (finding) => finding.ruleId === data.ruleId && (data.where === 'workspace' || isHere(finding)) }
}

function suppress(finding: Finding, scope: 'next-line' | 'file', state: ProjectState, documents: Documents, abilities: ClientAbilities) {
  const { file, ruleId, range } = finding
  const text = textNow(join(state.root, file), documents) ?? ''
  const edit = suppressionEdit(file, text, range.start.line, ruleId, scope)
  if (edit === null) throw new EditRefused('No comment can stand there: turn the rule off for this file in parapet.config.json.')
  const { text: written } = edit
  return { file, edits: [abilities.snippetEdits ? { ...edit, text: asSnippet(written) } : edit] }
}

/** The reason becomes what is selected after the edit. */
function asSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&').replace(/ -- (.*)/, ' -- ${1:$1}')
}

function findingOf(fingerprint: string, { analysis }: ProjectState): Finding {
  const finding = analysis.findings.find((one) => one.fingerprint === fingerprint)
  if (finding === undefined) throw modified()
  return finding
}

/** Edits that the user does not see when they are made. */
function reachesFar(edits: FixEdits): boolean {
  return edits.size > 1 || [...edits.keys()].some((file) => /(^|\/)package\.json$/.test(file))
}

function modified(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.ContentModified, 'The file has changed since this was offered.')
}
