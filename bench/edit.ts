// Times edits in an open project: from the new text of one file to the findings of all.
import { DEFAULT_CONFIGURATION } from '../analyzer/check/configuration.js'
import { createSession, type Session } from '../analyzer/session.js'
import { rules } from '../rules/index.js'
import { loadProject } from '../workspace/loadProject.js'
import type { GeneratedApp } from './generateApp.js'
import { percentile } from './measure.js'

export interface EditTimes {
  readonly name: string
  readonly times: number
  /** Milliseconds. */
  readonly p50: number
  readonly p95: number
  /** Files that were extracted for one edit. */
  readonly extracted: number
}

/** What is typed: a piece of the file's text, and what stands there after edit number n. */
const EDITS: Readonly<Record<keyof GeneratedApp['edited'], readonly [from: string, to: (edit: number) => string]>> = {
  handler: ["'The amount is too large'", (edit) => `'The amount is too large (${edit})'`],
  app: ["limit: '100kb'", (edit) => `limit: '${100 + edit}kb'`],
  configuration: ['limit: 100,', (edit) => `limit: ${100 + edit},`],
  barrel: ['export {', (edit) => `export const revision = ${edit}\nexport {`],
}

/** The first edits after opening run in code that is not compiled yet; a session is measured after them. */
const WARM_UP = 5

/** Edits of a handler take so little time that their p95 need not be the slowest of a few. */
const LEAST_OF_HANDLER = 100

/** Opens the project in `folder` and edits each of its marked files `wanted` times, the handler more often. */
export function measureEdits(folder: string, app: GeneratedApp, wanted: number): readonly EditTimes[] {
  const session = createSession(loadProject(folder), rules, { configuration: { ...DEFAULT_CONFIGURATION, preset: 'strict' }, only: [] })
  session.analyze()
  return (Object.keys(EDITS) as (keyof typeof EDITS)[]).map((name) => {
    const file = app.edited[name]
    const text = app.files.get(file) ?? ''
    const times = name === 'handler' ? Math.max(wanted, LEAST_OF_HANDLER) : wanted
    for (let edit = 1; edit <= WARM_UP; edit += 1) timeOf(session, file, changed(text, name, edit))
    const before = session.extractions()
    const durations = Array.from({ length: times }, (_, edit) => timeOf(session, file, changed(text, name, WARM_UP + edit + 1)))
    const extracted = (session.extractions() - before) / times
    session.update(file, text)
    return { name, times, p50: percentile(durations, 0.5), p95: percentile(durations, 0.95), extracted }
  })
}

function timeOf(session: Session, file: string, text: string): number {
  const started = performance.now()
  session.update(file, text)
  session.analyze()
  return performance.now() - started
}

function changed(text: string, name: keyof typeof EDITS, edit: number): string {
  const [from, to] = EDITS[name]
  const result = text.replace(from, to(edit))
  if (result === text) throw new Error(`The generated project no longer holds ${from}, which the benchmark edits.`)
  return result
}
