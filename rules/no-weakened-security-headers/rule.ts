// Nothing switches off the protections of helmet.
import { asvs, cwe, defineRule, evidence } from '../../analyzer/check/rule.js'
import { suggestion } from '../../analyzer/fix/fix.js'
import { sendsPages } from '../../analyzer/model/serving.js'
import { removedHeaders } from '../../analyzer/model/headers/removedHeaders.js'
import { weakenedHeaders } from '../../analyzer/model/headers/weakenedHeaders.js'

/** What each header does against what, and whether its absence is worth a note or a warning. */
const headers: Readonly<Record<string, { readonly effect: string; readonly severity: 'info' | 'warning' }>> = {
  'content-security-policy': { effect: 'an injected script runs with the rights of the page', severity: 'warning' },
  'strict-transport-security': {
    effect: 'browsers go back to plain HTTP, where a network can read and change requests',
    severity: 'warning',
  },
  'x-content-type-options': { effect: 'browsers guess content types and may run an upload as a script', severity: 'warning' },
  'x-frame-options': { effect: 'any site may frame the pages and steer clicks into them', severity: 'warning' },
  'referrer-policy': { effect: 'other sites are told the full address of the page that linked to them', severity: 'info' },
  'cross-origin-opener-policy': { effect: 'windows of other sites keep a handle on the pages that they opened', severity: 'info' },
}

export default defineRule({
  id: 'no-weakened-security-headers',
  summary: 'No option switches off a header that helmet sets.',
  category: 'headers',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(693), asvs('14.4'), { name: 'helmet', url: 'https://helmetjs.github.io/' }],
  messages: {
    off: {
      what: '{option}: false takes {header} away.',
      why: 'Without the header {effect}. Nothing else in the project sets it.',
      how: 'Remove the option, or give it the values that the application needs in place of false.',
    },
    removed: {
      what: '{header} is taken off every response again.',
      why: 'Without the header {effect}. Nothing else in the project sets it.',
      how: 'Remove this call, or give helmet the values that the application needs for the header.',
    },
  },
  *check(model) {
    const severityOf = (header: string): 'info' | 'warning' =>
      header === 'content-security-policy' && model.apps.length > 0 && !sendsPages(model) ? 'info' : (headers[header]?.severity ?? 'info')
    for (const { header, option, at, holder, call, confidence } of weakenedHeaders(model, Object.keys(headers))) {
      yield {
        message: 'off',
        at,
        data: { option, header, effect: headers[header]?.effect ?? '' },
        confidence,
        severity: severityOf(header),
        related: [evidence(call.at, 'helmet gets the option here')],
        fix: suggestion(`Remove ${option}`, (editor) => editor.removeOption(holder.at, option)),
      }
    }
    for (const { header, at, helmet } of removedHeaders(model, Object.keys(headers)))
      yield {
        message: 'removed',
        at,
        data: { header, effect: headers[header]?.effect ?? '' },
        confidence: 'high',
        severity: severityOf(header),
        related: [evidence(helmet.at, 'helmet sets it here')],
      }
  },
})
