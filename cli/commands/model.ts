// `parapet model`: all that is understood of a project.
import { EXIT, type ExitCode } from '../exitCode.js'
import { bootProject } from '../bootProject.js'
import type { OpenOptions } from '../openProject.js'
import { noticeLines, seenLines } from '../report/closing.js'
import { noticesFor } from '../report/limits.js'
import { modelText } from '../report/model.js'
import { colorsFor, type Terminal } from '../terminal.js'

export async function model(path: string | undefined, options: OpenOptions, terminal: Terminal): Promise<ExitCode> {
  const { open, analysis } = await bootProject(path, options, terminal)
  terminal.out(modelText(analysis.model))
  terminal.out(
    ['', ...seenLines(analysis), ...noticeLines(noticesFor(analysis, open), colorsFor(terminal))].map((line) => `${line}\n`).join(''),
  )
  return EXIT.clean
}
