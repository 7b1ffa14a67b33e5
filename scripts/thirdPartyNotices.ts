// The licences of what is bundled: each asks that its text goes along.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A text with the licence of each package that one of the bundled files comes from. Throws where a package has none. */
export function thirdPartyNotices(root: string, bundled: readonly string[]): string {
  const folders = new Set(bundled.flatMap((file) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []))
  const notices = [...folders].map((folder) => notice(join(root, folder)))
  return `This extension contains the following packages.\n\n${[...new Set(notices)].sort().join(`\n${'-'.repeat(80)}\n\n`)}`
}

function notice(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string; version: string; license?: string }
  if (manifest.license === undefined) throw new Error(`${manifest.name} names no licence and cannot be bundled.`)
  const texts = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice|thirdpartynotice)/i.test(file))
  const text = texts.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n')
  return `${manifest.name} ${manifest.version} (${manifest.license})\n\n${text === '' ? authorsOf(folder) : text}\n`
}

/** A package without the text of its licence names at least who holds the rights. */
function authorsOf(folder: string): string {
  const { author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { author?: string | { name?: string } }
  const name = typeof author === 'string' ? author : author?.name
  return name === undefined ? '' : `Copyright ${name}`
}
