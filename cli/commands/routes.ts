// `parapet routes`: every route with the chain in front of it.
import { bootProject } from '../bootProject.js'
import { EXIT, type ExitCode } from '../exitCode.js'
import type { OpenOptions } from '../openProject.js'
import { noticeLines, seenLines, unparsedLines } from '../report/closing.js'
import { noticesFor } from '../report/limits.js'
import { routesJson, routesTable, unreachedText } from '../report/routes.js'
import { colorsFor, type Terminal } from '../terminal.js'

export interface RoutesCommand extends OpenOptions {
  readonly unreached: boolean
  readonly format: 'table' | 'json'
}

export async function routes(path: string | undefined, options: RoutesCommand, terminal: Terminal): Promise<ExitCode> {
  const { open, analysis } = await bootProject(path, options, terminal)
  const { model } = analysis
  if (options.format === 'json') {
    terminal.out(routesJson(model))
    return EXIT.clean
  }
  const colors = colorsFor(terminal)
  if (options.unreached) terminal.out(unreachedText(model, colors))
  else if (model.routes.length > 0) terminal.out(routesTable(model, colors))
  const hint = !options.unreached && model.unreached.length > 0 ? [`Not reached: ${model.unreached.length} (--unreached says why).`] : []
  const lines = [
    '',
    ...seenLines(analysis),
    ...hint,
    ...unparsedLines(analysis.unparsed, colors),
    ...noticeLines(noticesFor(analysis, open), colors),
  ]
  terminal.out(lines.map((line) => `${line}\n`).join(''))
  return EXIT.clean
}
