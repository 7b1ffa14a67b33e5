// What fixes ask of the environment, so that nobody learns it from a start that fails.
import type { FixOutcome } from '../../analyzer/fixAll.js'
import { listed } from '../../analyzer/model/words.js'

/** Variables without which the fixed server refuses to start, and others that it reads now. */
export function variableLines({ texts, before }: Pick<FixOutcome, 'texts' | 'before'>): readonly string[] {
  const demanded = new Set<string>()
  const read = new Set<string>()
  for (const [file, text] of texts) {
    const old = before.get(file) ?? ''
    for (const name of newOnes(demandsIn, text, old)) demanded.add(name)
    for (const name of newOnes(readsIn, text, old)) read.add(name)
  }
  // Whoever starts a server knows it, and each fix that asks for it means production.
  read.delete('NODE_ENV')
  const others = [...read].filter((name) => !demanded.has(name))
  return [
    ...(demanded.size === 0 ? [] : [`The next start is refused without ${listed([...demanded].sort())} in the environment.`]),
    ...(others.length === 0 ? [] : [`The new code also reads ${listed(others.sort())} from the environment: see what it does without.`]),
  ]
}

function newOnes(namesIn: (text: string) => readonly string[], text: string, old: string): readonly string[] {
  const known = new Set(namesIn(old))
  return namesIn(text).filter((name) => !known.has(name))
}

function readsIn(text: string): readonly string[] {
  return [...text.matchAll(/\bprocess\.env\.([A-Z][A-Z\d_]*)/g)].map((match) => match[1] ?? '')
}

/** `requireEnv('X')`, `getOrThrow('X')`, and the loop over names that throws. */
function demandsIn(text: string): readonly string[] {
  const calls = [...text.matchAll(/\b(?:requireEnv\d*|getOrThrow(?:<\w+>)?)\(['"]([A-Z][A-Z\d_]*)['"]\)/g)].map((match) => match[1] ?? '')
  const loops = [...text.matchAll(/for \(const name of \[([^\]]*)\]\) \{\s*if \(!process\.env\[name\]\)/g)]
  return [...calls, ...loops.flatMap((match) => [...(match[1] ?? '').matchAll(/['"]([^'"]+)['"]/g)].map((name) => name[1] ?? ''))]
}
