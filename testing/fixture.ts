// The fixture language: several files in one string, and marks under the code that say what is found there.

/** A place that a mark points at, in the text without marks. Lines and columns from 1, `endColumn` exclusive. */
export interface Mark {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endColumn: number
  /** `^` for the finding itself, `~` for a related place. */
  readonly sign: '^' | '~'
  /** Words in square brackets before the text: a confidence, a severity, a grade of fixes, a role; `complete` where all related places are marked. */
  readonly qualities: readonly string[]
  /** A part of the message; '' for any. */
  readonly text: string
  /** The title of the fix, after `=>`; null for any. */
  readonly fix: string | null
}

export interface Fixture {
  /** Texts by project-relative path. */
  readonly files: ReadonlyMap<string, string>
  readonly marks: readonly Mark[]
  /** True when `package.json` was not written but supplied. */
  readonly isPackageImplicit: boolean
}

const IMPLICIT_PACKAGE = `${JSON.stringify({ name: 'fixture', version: '1.0.0', dependencies: { express: '^5.0.0' } }, null, 2)}\n`

/** Where text before the first file line belongs. */
const FIRST_FILE = 'app.ts'

/**
 * Parses a fixture. `//- /src/app.ts` starts a file; the indentation that all lines share is taken away.
 * A line of carets marks the line above it: `//   ^^^^^ part of the message`, several on one line or on lines below each other.
 * After `=>` stands the title of the fix. The marks are taken out of the text; the comment signs before them are optional, so that a mark can stand at column 1.
 * Without a package.json the project depends on Express 5.
 */
export function parseFixture(source: string): Fixture {
  const texts = new Map<string, string[]>()
  const marks: Mark[] = []
  let file = FIRST_FILE
  for (const line of dedent(source)) {
    const start = /^\/\/- \/?(\S+)\s*$/.exec(line)?.[1]
    if (start !== undefined) {
      file = start
      texts.set(file, [])
      continue
    }
    const lines = texts.get(file) ?? []
    if (lines.length === 0 && line === '' && !texts.has(file)) continue
    texts.set(file, lines)
    if (isMarkLine(line) && !file.endsWith('.json')) marks.push(...marksIn(line, file, lines.length))
    else lines.push(line)
  }
  const files = new Map([...texts].map(([name, lines]) => [name, ending(lines)]))
  const isPackageImplicit = !files.has('package.json')
  if (isPackageImplicit) files.set('package.json', IMPLICIT_PACKAGE)
  return { files, marks, isPackageImplicit }
}

function isMarkLine(line: string): boolean {
  return /^\s*(\/\/|#)?\s*(\^+|~+)(\s|$)/.test(line)
}

function marksIn(line: string, file: string, codeLine: number): Mark[] {
  return [...line.matchAll(/(\^+|~+)(?=\s|$)([^^~]*)/g)].map((match) => {
    const [, signs = '', rest = ''] = match
    const [, qualities = '', said = ''] = /^\s*(?:\[([^\]]*)\])?\s*(.*?)\s*$/.exec(rest) ?? []
    const [, text = said, fix = null] = /^(.*?)\s*=>\s*(.*)$/.exec(said) ?? []
    return {
      file,
      line: codeLine,
      column: match.index + 1,
      endColumn: match.index + 1 + signs.length,
      sign: signs.startsWith('^') ? '^' : '~',
      qualities: qualities.split(/[\s,]+/).filter((each) => each !== ''),
      text,
      fix,
    }
  })
}

function dedent(source: string): string[] {
  const lines = source.split('\n')
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0)
  const common = indents.length === 0 ? 0 : Math.min(...indents)
  return lines.map((line) => (line.trim() === '' ? '' : line.slice(common)))
}

/** Blank lines at the end belong to the layout of the fixture. */
function ending(lines: readonly string[]): string {
  const text = lines.join('\n').trimEnd()
  return text === '' ? '' : `${text}\n`
}
