// The formats by name. Each is loaded when it is asked for.
import { WrongUse } from '../exitCode.js'
import type { Format } from './reported.js'

const FORMATS = {
  pretty: async () => (await import('./report.js')).prettyReport,
  concise: async () => (await import('./pretty.js')).conciseReport,
  json: async () => (await import('./json.js')).jsonReport,
  jsonl: async () => (await import('./jsonl.js')).jsonLinesReport,
  sarif: async () => (await import('./sarif.js')).sarifReport,
  html: async () => (await import('./html.js')).htmlReport,
  markdown: async () => (await import('./markdown.js')).markdownReport,
  junit: async () => (await import('./junit.js')).junitReport,
  github: async () => (await import('./github.js')).githubReport,
  gitlab: async () => (await import('./gitlab.js')).gitlabReport,
  checkstyle: async () => (await import('./checkstyle.js')).checkstyleReport,
  rdjson: async () => (await import('./rdjson.js')).rdjsonReport,
} satisfies Readonly<Record<string, () => Promise<Format>>>

export type FormatName = keyof typeof FORMATS
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[]

/** Formats that say themselves what was not read or went wrong; beside the others that goes to the error stream. */
export const WHOLE_FORMATS: readonly FormatName[] = ['pretty', 'json', 'jsonl', 'sarif', 'html', 'markdown']

export interface Output {
  readonly format: FormatName
  /** As it was given; null for the output stream. */
  readonly file: string | null
}

export function loadFormat(name: FormatName): Promise<Format> {
  return FORMATS[name]()
}

/** Reads `name` or `name=file`. Throws `WrongUse` for a name that there is not. */
export function readOutput(text: string): Output {
  const at = text.indexOf('=')
  const name = at < 0 ? text : text.slice(0, at)
  const format = FORMAT_NAMES.find((known) => known === name)
  if (format === undefined) throw new WrongUse(`There is no format ${name}. Allowed choices are ${FORMAT_NAMES.join(', ')}.`)
  const file = at < 0 ? null : text.slice(at + 1)
  if (file === '') throw new WrongUse(`Name the file of --format ${name}=FILE, or leave the equals sign out to print the report.`)
  return { format, file }
}

/** Refuses what would mix two reports in one place. */
export function refuseClashes(outputs: readonly Output[]): void {
  const printed = outputs.filter(({ file }) => file === null)
  if (printed.length > 1) {
    const [, second] = printed
    throw new WrongUse(`Only one format can be printed. Give the others a file, as in --format ${second?.format ?? ''}=report.txt.`)
  }
  const files = outputs.flatMap(({ file }) => file ?? [])
  const twice = files.find((file, index) => files.indexOf(file) !== index)
  if (twice !== undefined) throw new WrongUse(`Two formats would be written to ${twice}. Give each its own file.`)
}
