// How the server is, for a status item.
import { basename, relative } from 'node:path'
import type { FolderProject } from './folderProject.js'
import type { FolderStatus, StatusParams } from './protocol.js'
import { uriOfPath } from './uris.js'

type Health = StatusParams['health']

export function statusOf(projects: readonly FolderProject[], failures: ReadonlyMap<string, string>): StatusParams {
  const folders = projects.map((project) => folderStatus(project, failures.get(project.root)))
  const health = worst(folders.map((folder) => folder.health))
  const isBusy = folders.some((folder) => folder.isBusy)
  return { health, isBusy, message: messageOf(folders), folders }
}

/** One line for the log. */
export function analysisLine({ name, files, applications, routes, errors, warnings, infos, duration }: FolderStatus): string {
  return `${name}: ${files} files, ${applications} applications, ${routes} routes; ${errors} errors, ${warnings} warnings, ${infos} infos in ${duration} ms`
}

export function folderStatus(project: FolderProject, failure: string | undefined): FolderStatus {
  const state = project.state()
  const common = { uri: uriOfPath(project.root), name: basename(project.root), isBusy: project.isBusy() }
  if (state === null) {
    const nothing = { files: 0, applications: 0, routes: 0, errors: 0, warnings: 0, infos: 0, unparsed: 0, accepted: 0 }
    const notices = failure === undefined ? [] : [failure]
    return {
      ...common,
      ...nothing,
      health: failure === undefined ? 'ok' : 'error',
      configuration: null,
      lastRun: null,
      duration: 0,
      notices,
    }
  }
  const { analysis, found, baselines, project: loaded } = state
  const { summary, seen } = analysis
  const broken = [found.main, ...found.nested].flatMap(({ path, problems }) =>
    problems.map(({ message, line }) => `${relative(project.root, path ?? '')}:${line} ${message}`),
  )
  for (const { path, problem } of baselines) if (problem !== null) broken.push(`${relative(project.root, path)} ${problem}`)
  const failed = analysis.internalErrors.map(({ message }) => message)
  const warnings = [...analysis.notices.filter(({ isWarning }) => isWarning).map(({ message }) => message), ...loaded.warnings]
  if (state.expired > 0) warnings.push(`${state.expired} of the accepted findings are accepted no more: their time is over.`)
  const hints = analysis.notices.filter(({ isWarning }) => !isWarning).map(({ message }) => message)
  const isBroken = failure !== undefined || broken.length > 0
  return {
    ...common,
    health: isBroken ? 'error' : failed.length + warnings.length > 0 ? 'warning' : 'ok',
    configuration: found.main.path,
    lastRun: state.endedAt.toISOString(),
    duration: Math.round(state.duration),
    files: seen.files,
    applications: seen.applications,
    routes: seen.routes,
    errors: summary.errors,
    warnings: summary.warnings,
    infos: summary.infos,
    unparsed: analysis.unparsed.length,
    accepted: state.accepted,
    notices: [...(failure === undefined ? [] : [failure]), ...broken, ...failed, ...warnings, ...hints],
  }
}

function messageOf(folders: readonly FolderStatus[]): string {
  if (folders.length === 0) return 'No folder is open.'
  if (folders.some(({ isBusy, lastRun }) => isBusy && lastRun === null)) return 'Reading the project.'
  const sum = (of: (folder: FolderStatus) => number): number => folders.reduce((all, folder) => all + of(folder), 0)
  const applications = sum((folder) => folder.applications)
  return `${sum((folder) => folder.errors)} errors, ${sum((folder) => folder.warnings)} warnings in ${applications} ${applications === 1 ? 'application' : 'applications'}.`
}

function worst(healths: readonly Health[]): Health {
  return healths.includes('error') ? 'error' : healths.includes('warning') ? 'warning' : 'ok'
}
