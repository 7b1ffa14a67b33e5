// Texts of facts: each kept once, and by itself.
import { ownText } from '../text/ownText.js'

/**
 * The same text, as one object for all facts that hold it. Half of the texts in facts are names that come again and again;
 * on a monorepo of 1,972 files this takes 5 MB off 60.
 */
export function sharedText(text: string): string {
  const known = texts.get(text)
  if (known !== undefined) return known
  if (texts.size >= MOST_TEXTS) texts.clear()
  const own = text.length < SHORTEST_PART ? text : ownText(text)
  texts.set(own, own)
  return own
}

// Only for sharing: forgetting all changes no facts.
const texts = new Map<string, string>()
const MOST_TEXTS = 20_000

/** V8 keeps longer parts of a text as views of it, so that a name of a file would hold the whole file. */
const SHORTEST_PART = 13
