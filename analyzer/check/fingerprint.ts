// Fingerprints: the identity of a finding across edits elsewhere, reformatting and renames.
import type { FileFacts } from '../extract/facts.js'
import { hashText } from '../text/hash.js'
import type { Location } from '../text/location.js'
import { enclosingNames, snippetAt } from './snippet.js'

/** What a fingerprint is made of, besides the code around the place. */
export interface Fingerprinted {
  readonly ruleId: string
  readonly message: string
  readonly at: Location
}

/**
 * One fingerprint for each, in the same order. Items have to come sorted by place.
 * Made from the rule, the message, the structure of the code and the names of the functions around it; equal ones are numbered (`…`, `…-2`, `…-3`).
 * Neither lines nor the path take part, so moved text and a renamed file change nothing. Confidence and severity take no part either:
 * a better guess about the same fault is the same finding.
 */
export function fingerprints(items: readonly Fingerprinted[], files: ReadonlyMap<string, FileFacts>): readonly string[] {
  const counts = new Map<string, number>()
  return items.map((item) => {
    const identity = hashText([item.ruleId, item.message, codeAt(item.at, files)].join('\n'))
    const ordinal = (counts.get(identity) ?? 0) + 1
    counts.set(identity, ordinal)
    return ordinal === 1 ? identity : `${identity}-${ordinal}`
  })
}

/** The fingerprint without its number: equal for all findings of one rule in equal code. */
export function identityOf(fingerprint: string): string {
  return fingerprint.replace(/-\d+$/, '')
}

/** The identity of a place, whatever is reported there. Short, since lists of them are kept. */
export function placeIdentity(at: Location, files: ReadonlyMap<string, FileFacts>): string {
  return hashText(codeAt(at, files)).slice(0, 12)
}

function codeAt(at: Location, files: ReadonlyMap<string, FileFacts>): string {
  const facts = files.get(at.file)
  return `${enclosingNames(facts, at)}\n${snippetAt(facts, at)}`
}
