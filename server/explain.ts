// Why something is a problem, as Markdown: for a hover, for one finding with its evidence, and the page of a rule.
import { rangeOf } from '../analyzer/check/range.js'
import type { Finding } from '../analyzer/check/finding.js'
import { suppressionRules } from '../analyzer/check/suppressionRules.js'
import { chainText } from '../analyzer/model/chainText.js'
import { rules } from '../rules/index.js'
import { readRulePage } from '../workspace/rulePages.js'
import type { ProjectState } from './projectState.js'
import type { ExplainResult } from './protocol.js'

/** What a hover says of one finding. */
export function hoverText({ ruleId, message, why, how, confidence, fix }: Finding): string {
  const offer = fix === null ? [] : [`*Quick fix (${fix.safety}):* ${fix.title}`]
  return [`**${message}**`, why, `**How to fix it:** ${how}`, ...offer, `parapet: \`${ruleId}\`, ${confidence} confidence`].join('\n\n')
}

/** Why a finding is a problem, with what lets a reader check it. */
export function findingText(finding: Finding): string {
  const { related, file, range, references, ruleId } = finding
  const places = related.map((one) => `- ${one.file}:${one.range.start.line} ${one.message}`)
  return [
    `# ${ruleId}`,
    hoverText(finding),
    ...(places.length === 0 ? [] : ['## Evidence', [`- ${file}:${range.start.line} ${finding.message}`, ...places].join('\n')]),
    ...(references.length === 0 ? [] : ['## References', references.map(({ name, url }) => `- [${name}](${url})`).join('\n')]),
    ...withoutTitle(readRulePage(ruleId)),
  ].join('\n\n')
}

export function explainRule(ruleId: string): ExplainResult {
  const rule = [...rules, ...suppressionRules].find(({ id }) => id === ruleId)
  if (rule === undefined) return null
  const messages = Object.values(rule.messages).map(({ what, why, how }) => `**${what}**\n\n${why}\n\n${how}`)
  return { ruleId, title: rule.summary, markdown: readRulePage(ruleId) ?? [`# ${ruleId}`, rule.summary, ...messages].join('\n\n') }
}

/** Every route with the chain in front of it. */
export function routesText({ analysis: { model } }: ProjectState): string {
  if (model.routes.length === 0) return 'No routes were found.\n'
  return model.routes
    .map((route) => {
      const { line } = rangeOf(model.files, route.at).start
      const gaps = route.gaps.map((gap) => `  not understood: ${gap.why} at ${gap.at.file}:${rangeOf(model.files, gap.at).start.line}\n`)
      return `${route.method} ${route.path}  ${route.at.file}:${line}\n  ${chainText(route)}\n${gaps.join('')}`
    })
    .join('\n')
}

function withoutTitle(page: string | null): readonly string[] {
  return page === null ? [] : [page.replace(/^# .*\n+/, '').trimEnd()]
}
