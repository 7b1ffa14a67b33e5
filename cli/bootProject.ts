// Boots a project for the commands that print its model; no rule runs.
import { analyze, type Analysis } from '../analyzer/analyze.js'
import { openProject, type OpenOptions, type OpenProject } from './openProject.js'
import { createProgress, type Terminal } from './terminal.js'

export async function bootProject(
  path: string | undefined,
  options: OpenOptions,
  terminal: Terminal,
): Promise<{ open: OpenProject; analysis: Analysis }> {
  const open = await openProject(path === undefined ? [] : [path], options, terminal)
  const progress = createProgress(terminal)
  progress.show('Booting')
  const analysis = analyze(open.project, [], { configuration: open.configuration, only: [] })
  progress.clear()
  open.project.saveCache()
  return { open, analysis }
}
