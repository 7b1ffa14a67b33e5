// `parapet explain`: what a rule reports, why, and what to do.
import { suppressionRules } from '../../analyzer/check/suppressionRules.js'
import type { Message, Rule } from '../../analyzer/check/rule.js'
import { readRulePage } from '../../workspace/rulePages.js'
import { EXIT, type ExitCode } from '../exitCode.js'
import { allRules, checkRuleIds } from '../openProject.js'
import { wrapped } from '../report/wrapped.js'
import { colorsFor, type Colors, type Terminal } from '../terminal.js'

export async function explain(id: string, options: { readonly format: 'pretty' | 'json' }, terminal: Terminal): Promise<ExitCode> {
  const rules = [...(await allRules()), ...suppressionRules]
  checkRuleIds(
    [id],
    rules.map((rule) => rule.id),
  )
  for (const rule of rules.filter((candidate) => candidate.id === id)) {
    terminal.out(
      options.format === 'json' ? asJson(rule) : asText(rule, Math.min(Math.max(terminal.columns, 60), 100), colorsFor(terminal)),
    )
  }
  return EXIT.clean
}

function asJson({ id, summary, category, severity, presets, frameworks, references, messages }: Rule): string {
  return `${JSON.stringify({ id, summary, category, severity, presets, frameworks, references, messages }, null, 2)}\n`
}

function asText(rule: Rule, width: number, colors: Colors): string {
  const facts = [
    ['category', rule.category],
    ['severity', rule.severity],
    ['presets', rule.presets.join(', ')],
    ['frameworks', rule.frameworks.join(', ')],
  ].map(([name = '', value = '']) => `${name.padEnd(11)}${value}`)
  const page = readRulePage(rule.id)
  // The page says it with examples; rules about suppressions have none, and their messages have no blanks to fill.
  const messages =
    page === null
      ? Object.entries<Message>(rule.messages).flatMap(([, message]) => [
          '',
          ...wrapped(message.what, width, '', ''),
          ...wrapped(message.why, width, '  why  ', '       '),
          ...wrapped(message.how, width, '  how  ', '       '),
        ])
      : bodyOf(page)
  const references =
    rule.references.length === 0 ? [] : ['', colors.bold('References'), ...rule.references.map(({ name, url }) => `  ${name}: ${url}`)]
  const off = [
    '',
    ...wrapped(
      `Turn it off with { "rules": { "${rule.id}": "off" } } in parapet.config.json, or at one place with // parapet-ignore-next-line ${rule.id} -- the reason`,
      width,
      '',
      '',
    ),
  ]
  return [
    colors.bold(rule.id),
    ...wrapped(rule.summary, width, '', ''),
    '',
    ...facts,
    '',
    ...(page === null ? [colors.bold('What it reports')] : []),
    ...messages,
    ...references,
    ...off,
  ]
    .map((line) => `${line}\n`)
    .join('')
}

/** The page without its title and its first paragraph, which stand above already. */
function bodyOf(page: string): readonly string[] {
  const start = page.indexOf('\n## ')
  return (start === -1 ? page : page.slice(start + 1)).trimEnd().split('\n')
}
