// Runs verbs of the Editor over texts, for its own tests.
import { editsOf, textsAfter } from '../analyzer/fix/applyFixes.js'
import { suggestion } from '../analyzer/fix/fix.js'
import type { Editor } from '../analyzer/fix/fix.js'
import type { FixContext } from '../analyzer/fix/openFile.js'
import type { PackageFacts, Scope } from '../analyzer/model/model.js'
import type { Location } from '../analyzer/text/location.js'
import { handMadeModel, locate } from './handMadeModel.js'
import { packageAt } from './packageAt.js'

/** What a test needs beside the verbs: places by their text, and scopes made at a place. */
export interface Places {
  at(code: string, occurrence?: number): Location
  scopeAt(code: string): Scope
}

/** The text of `file` (the first one) after the verbs; null when they were refused or change nothing. */
export function edited(
  texts: Readonly<Record<string, string>>,
  edit: (editor: Editor, places: Places) => void,
  file = firstOf(texts),
): string | null {
  const context = contextOf(texts)
  const at = (code: string, occurrence = 0): Location =>
    locate(context.model, firstOf(texts), texts[firstOf(texts)] ?? '', code, occurrence)
  const scopeAt = (code: string): Scope => ({
    id: 0,
    kind: 'app',
    framework: 'express',
    at: at(code),
    name: '',
    entries: [],
    settings: [],
    gaps: [],
    mounts: [],
  })
  const edits = editsOf(
    suggestion('edit', (editor) => edit(editor, { at, scopeAt })),
    context,
  )
  return edits === null ? null : (textsAfter(edits, context).get(file) ?? texts[file] ?? null)
}

/** A context over texts alone: facts of the code, and the package files among them. */
export function contextOf(texts: Readonly<Record<string, string>>): FixContext {
  const sources = Object.fromEntries(Object.entries(texts).filter(([file]) => /\.[cm]?[jt]sx?$/.test(file)))
  const packages = Object.entries(texts).flatMap(([file, text]) => (/(^|\/)package\.json$/.test(file) ? [packageFacts(file, text)] : []))
  return { model: handMadeModel(sources, { packages }), text: (file) => texts[file] ?? null }
}

function packageFacts(file: string, text: string): PackageFacts {
  const json = JSON.parse(text) as { type?: string; dependencies?: Record<string, string>; devDependencies?: Record<string, string> }
  return packageAt(file.replace(/\/?package\.json$/, ''), {
    dependencies: json.dependencies ?? {},
    devDependencies: json.devDependencies ?? {},
    isModule: json.type === 'module',
  })
}

function firstOf(texts: Readonly<Record<string, string>>): string {
  return Object.keys(texts)[0] ?? ''
}
