// Checkstyle's XML, which older CI servers read.
import type { Finding } from '../../analyzer/check/finding.js'
import { escapeAttribute } from './escape.js'
import type { Reported } from './reported.js'

/** A file element for each file with findings. The source names the rule, as tools group by it. */
export function checkstyleReport({ analysis, prefix }: Reported): string {
  const files = [...new Set(analysis.findings.map(({ file }) => file))]
  const lines = files.flatMap((file) => [
    `  <file name="${escapeAttribute(prefix + file)}">`,
    ...analysis.findings.filter((finding) => finding.file === file).map(errorLine),
    '  </file>',
  ])
  return ['<?xml version="1.0" encoding="utf-8"?>', '<checkstyle version="8.0">', ...lines, '</checkstyle>', ''].join('\n')
}

function errorLine({ range, severity, message, how, ruleId }: Finding): string {
  const text = escapeAttribute(how === '' ? message : `${message} ${how}`)
  return `    <error line="${range.start.line}" column="${range.start.column}" severity="${severity}" message="${text}" source="parapet.${escapeAttribute(ruleId)}"/>`
}
