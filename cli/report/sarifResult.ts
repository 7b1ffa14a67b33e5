// One finding as a result of SARIF.
import type { Fix, Location, Region, Result, Suppression } from 'sarif'
import type { Finding } from '../../analyzer/check/finding.js'
import type { PlacedRange } from '../../analyzer/check/range.js'
import type { WorkspaceEdit } from '../../analyzer/fix/fix.js'
import { lineStartsOf, positionAt } from '../../analyzer/text/lineIndex.js'
import { LEVEL } from './sarifRules.js'
import type { Reported } from './reported.js'

/** Code scanning shows this many locations of a result. */
const MOST_RELATED = 100
/** How much a finding wants to be looked at first, from 0 to 100. */
const RANK = { high: 90, medium: 60, low: 30 } as const

export interface ResultParts {
  readonly ruleIndex: number
  /** Why the finding does not count, where it does not. */
  readonly suppression: Suppression | null
  /** What code scanning follows the alert by; null where the text is not at hand. */
  readonly lineHash: string | null
}

/** The primary region is one line, because a pull request shows an alert only when all its lines are in the diff. */
export function resultOf(finding: Finding, reported: Reported, { ruleIndex, suppression, lineHash }: ResultParts): Result {
  const { prefix, texts } = reported
  const edits = suppression === null ? reported.edits(finding) : null
  const fixes = edits === null || finding.fix === null ? [] : [fixOf(finding.fix.title, edits, reported)]
  return {
    ruleId: finding.ruleId,
    ...(ruleIndex < 0 ? {} : { ruleIndex }),
    level: LEVEL[finding.severity],
    rank: RANK[finding.confidence],
    message: { text: [finding.message, finding.why, finding.how].filter((part) => part !== '').join(' ') },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(prefix + finding.file) },
          region: firstLineOf(finding.range, texts(finding.file)),
        },
      },
    ],
    ...(finding.related.length === 0 ? {} : { relatedLocations: relatedOf(finding, prefix) }),
    partialFingerprints: {
      'parapetFingerprint/v1': finding.fingerprint,
      ...(lineHash === null ? {} : { primaryLocationLineHash: lineHash }),
    },
    ...(fixes.length === 0 ? {} : { fixes }),
    ...(suppression === null ? {} : { suppressions: [suppression] }),
    properties: { confidence: finding.confidence, category: finding.category },
  }
}

/** A path as the URI that code scanning matches with the files of the repository. */
export function uriOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}

function relatedOf({ related }: Finding, prefix: string): Location[] {
  const affected = related.filter(({ role }) => role === 'affected')
  const evidence = related.filter(({ role }) => role === 'evidence')
  return [...affected, ...evidence].slice(0, MOST_RELATED).map(({ file, range, message, role }, index) => ({
    id: index + 1,
    physicalLocation: { artifactLocation: { uri: uriOf(prefix + file) }, region: regionOf(range) },
    message: { text: message === '' ? role : message },
    properties: { role },
  }))
}

function regionOf({ start, end }: PlacedRange): Region {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column }
}

function firstLineOf(range: PlacedRange, text: string): Region {
  if (range.start.line === range.end.line) return regionOf(range)
  const line = text.split(/\r\n|\r|\n/)[range.start.line - 1] ?? ''
  return {
    startLine: range.start.line,
    startColumn: range.start.column,
    endLine: range.start.line,
    endColumn: Math.max(range.start.column + 1, line.trimEnd().length + 1),
  }
}

function fixOf(title: string, edits: WorkspaceEdit, { prefix, texts }: Reported): Fix {
  return {
    description: { text: title },
    artifactChanges: [...edits].map(([file, list]) => {
      const starts = lineStartsOf(texts(file))
      return {
        artifactLocation: { uri: uriOf(prefix + file) },
        replacements: list.map(({ start, end, text }) => {
          const from = positionAt(starts, start)
          const to = positionAt(starts, end)
          return {
            deletedRegion: { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column },
            insertedContent: { text },
          }
        }),
      }
    }),
  }
}
