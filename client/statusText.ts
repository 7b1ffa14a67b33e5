// What the status item and the log say of an analysis, as text.
import type { FolderStatus, StatusParams } from '../server/protocol.js'

export interface StatusView {
  readonly text: string
  readonly detail: string
  readonly health: StatusParams['health']
  readonly isBusy: boolean
}

/** The status of one folder where the reader is in one, of the only folder there is, else of all. */
export function statusView(status: StatusParams, folderUri: string | null): StatusView {
  const folder = status.folders.find(({ uri }) => uri === folderUri) ?? (status.folders.length === 1 ? status.folders[0] : undefined)
  if (folder === undefined) return { text: 'Parapet', detail: status.message, health: status.health, isBusy: status.isBusy }
  // The menu has little room: of the notices the first, the others stand in the output.
  const facts = [...folder.notices.slice(0, 1), ...acceptedIn(folder), configurationOf(folder), ...lastRunOf(folder)]
  return { text: countsOf(folder), detail: facts.join(' · '), health: folder.health, isBusy: folder.isBusy }
}

/** One line of the log for a finished analysis. */
export function analysisLine(folder: FolderStatus): string {
  const accepted = folder.accepted === 0 ? [] : [`${folder.accepted} accepted`]
  const unparsed = folder.unparsed === 0 ? [] : [`${counted(folder.unparsed, 'file')} not parsed, last good state in use`]
  return [
    `${folder.name}: ${countsOf(folder)}`,
    ...accepted,
    seenIn(folder),
    counted(folder.files, 'file'),
    configurationOf(folder),
    `${Math.round(folder.duration)} ms`,
    ...unparsed,
  ].join(', ')
}

function countsOf({ errors, warnings, infos, lastRun }: FolderStatus): string {
  if (lastRun === null) return 'Reading the project'
  const counts = [counted(errors, 'error'), counted(warnings, 'warning'), counted(infos, 'info')].filter((each) => !each.startsWith('0 '))
  return counts.length === 0 ? 'No findings' : counts.join(', ')
}

function acceptedIn({ accepted }: FolderStatus): string[] {
  return accepted === 0 ? [] : [`${accepted} accepted by a baseline`]
}

function seenIn({ applications, routes }: FolderStatus): string {
  return `${counted(applications, 'application')} with ${counted(routes, 'route')}`
}

function configurationOf({ configuration }: FolderStatus): string {
  return configuration === null ? 'no configuration' : configuration
}

function lastRunOf({ lastRun, duration }: FolderStatus): string[] {
  return lastRun === null ? [] : [`${new Date(lastRun).toLocaleTimeString()}, ${Math.round(duration)} ms`]
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 || noun === 'info' ? '' : 's'}`
}
