// What a run did not read, and why that may matter.
import type { Analysis } from '../../analyzer/analyze.js'
import type { Notice } from '../../analyzer/notices.js'
import { toProject } from '../../workspace/locateProject.js'
import type { OpenProject } from '../openProject.js'

export interface Skipped {
  readonly path: string
  readonly reason: string
}

/** Files and folders that were found and not read, by path. */
export function skippedFor({ project, target }: OpenProject): readonly Skipped[] {
  const skipped = project.skipped.map(({ path, reason }) => ({ path, reason }))
  for (const path of target.selection ?? []) {
    const isRead = path === '' || [...project.files.keys()].some((file) => file === path || file.startsWith(`${path}/`))
    if (!isRead && !skipped.some((known) => known.path === path || known.path.startsWith(`${path}/`))) {
      skipped.push({ path, reason: 'not a file that Parapet reads, or ignored by git' })
    }
  }
  return skipped.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}

/** Everything that a reader should know besides findings, the most important first. */
export function noticesFor(analysis: Analysis, { project, target }: OpenProject): readonly NoticeLine[] {
  const outer =
    target.outerManifest === null
      ? []
      : [
          {
            kind: 'outer-manifest',
            message: `${toProject(target.root, target.outerManifest)} lies outside the checked folder and was not read; check its folder to have entries and versions known.`,
            isWarning: false,
          },
        ]
  const [part, ...others] = target.selection ?? []
  const within =
    part === undefined || others.length > 0 || project.files.has(part)
      ? []
      : [{ kind: 'part', message: `${part} was looked at within the package around it; paths are seen from there.`, isWarning: false }]
  const settings = project.warnings.map((message) => ({ kind: 'settings', message, isWarning: true }))
  return [...analysis.notices, ...settings, ...outer, ...within]
}

export interface NoticeLine extends Omit<Notice, 'kind'> {
  readonly kind: string
}
