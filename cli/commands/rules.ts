// `parapet rules`: the list of rules.
import { compareText } from '../../analyzer/check/finding.js'
import { suppressionRules } from '../../analyzer/check/suppressionRules.js'
import { EXIT, type ExitCode } from '../exitCode.js'
import { allRules } from '../openProject.js'
import { table } from '../report/table.js'
import { colorsFor, type Terminal } from '../terminal.js'

export async function rules(options: { readonly format: 'table' | 'json' }, terminal: Terminal): Promise<ExitCode> {
  const all = [...(await allRules()), ...suppressionRules].sort((a, b) => compareText(a.category, b.category) || compareText(a.id, b.id))
  if (options.format === 'json') {
    const list = all.map(({ id, summary, category, severity, presets, frameworks, references }) => ({
      id,
      summary,
      category,
      severity,
      presets,
      frameworks,
      references,
    }))
    terminal.out(`${JSON.stringify(list, null, 2)}\n`)
    return EXIT.clean
  }
  const colors = colorsFor(terminal)
  const rows = all.map((rule) => [
    rule.category,
    rule.id,
    rule.severity,
    rule.presets.includes('recommended') ? 'recommended' : 'strict',
    rule.summary,
  ])
  terminal.out(table(['category', 'rule', 'severity', 'preset', 'what it asks'], rows, colors))
  return EXIT.clean
}
