// The page of a rule: the README beside it, which the package ships.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** From the sources, from the bundle, and from a chunk of the bundle. */
const FOLDERS = ['../rules/', '../../rules/']

/** The Markdown of a rule's page; null for an id that has none. */
export function readRulePage(id: string): string | null {
  for (const folder of FOLDERS) {
    try {
      return readFileSync(fileURLToPath(new URL(`${folder}${id}/README.md`, import.meta.url)), 'utf8')
    } catch {
      continue
    }
  }
  return null
}

/** Where the page of a rule stands on this machine, as a file URL; null for an id that has none. */
export function rulePageUrl(id: string): string | null {
  const urls = FOLDERS.map((folder) => new URL(`${folder}${id}/README.md`, import.meta.url))
  return urls.find((url) => existsSync(fileURLToPath(url)))?.href ?? null
}
