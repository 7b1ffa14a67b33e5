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
 * Made from the rule, the message, the structure of the code and the names of the functions around it; equal ones are numbered.
 * Neither lines nor the path take part, so moved text and a renamed file change nothing. Confidence and severity take no part either:
 * a better guess about the same fault is the same finding.
 */
export function fingerprints(items: readonly Fingerprinted[], files: ReadonlyMap<string, FileFacts>): readonly string[] {
  const counts = new Map<string, number>()
  return items.map((item) => {
    const facts = files.get(item.at.file)
    const key = [item.ruleId, item.message, enclosingNames(facts, item.at), snippetAt(facts, item.at)].join('\n')
    const ordinal = counts.get(key) ?? 0
    counts.set(key, ordinal + 1)
    return hashText(ordinal === 0 ? key : `${key}\n${ordinal}`)
  })
}
