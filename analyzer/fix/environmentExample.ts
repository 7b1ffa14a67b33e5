// Adds variables to the example of the environment, where the project keeps one.
import type { FixContext, OpenFile } from './openFile.js'

export interface ExampleLine {
  readonly name: string
  readonly comment: string
}

const fileNames = ['.env.example', '.env.sample', '.env.template', '.env.dist', 'example.env', 'env.example', '.example.env', 'sample.env']

/** Notes a variable for the example file in `folder`; nothing to do where there is none or where it has the variable. */
export function planExample(
  context: FixContext,
  folder: string,
  open: (name: string) => OpenFile,
  plans: Map<OpenFile, ExampleLine[]>,
  line: ExampleLine,
): void {
  const names = fileNames.map((name) => (folder === '' ? name : `${folder}/${name}`))
  const name = names.find((each) => context.text(each) !== null)
  if (name === undefined) return
  const file = open(name)
  if (new RegExp(`^\\s*#?\\s*(export\\s+)?${line.name}\\s*=`, 'm').test(file.text)) return
  const lines = plans.get(file)
  if (lines === undefined) plans.set(file, [line])
  else if (!lines.some((each) => each.name === line.name)) lines.push(line)
}

export function writeExample(file: OpenFile, lines: readonly ExampleLine[]): void {
  const lineEnd = file.text.includes('\r\n') ? '\r\n' : '\n'
  const end = file.text.length
  // Alike in all fixes of a pass, and so made once.
  if (file.text !== '' && !file.text.endsWith('\n')) file.edits.push({ start: end, end, text: lineEnd, rank: 'import' })
  // Each binds its name: two fixes of one pass that want the same variable write it once, and the second finds it there.
  for (const { name, comment } of lines) {
    const text = `# ${comment}${lineEnd}${name}=${lineEnd}`
    file.edits.push({ start: end, end, text, rank: 'statement', binds: name })
  }
}
