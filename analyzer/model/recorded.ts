// Answers that are remembered from one model of a session to the next, for as long as what they were read from says the same.
import type { FunctionValue } from '../link/value.js'
import type { ModelSettings, ProjectModel } from './model.js'

/** What an answer was read from: functions that were run, and answers about the whole model. */
interface Reads {
  readonly functions: Set<FunctionValue>
  readonly answers: Map<(model: ProjectModel) => unknown, unknown>
}

interface Entry<Found> extends Reads {
  readonly found: Found
  readonly settings: ModelSettings
  version: object
}

let recording: Reads | null = null

/**
 * `find` with a memory. It may read: values, scopes, routes and settings, which stay what they are until the project is booted anew; conduct of functions;
 * and questions of perPart.ts. Nothing else of the model, since an edit may change it unnoticed.
 */
export function recorded<Key extends object, Found>(
  find: (model: ProjectModel, key: Key) => Found,
): (model: ProjectModel, key: Key) => Found {
  const entries = new WeakMap<Key, Entry<Found>>()
  return (model, key) => {
    let entry = entries.get(key)
    if (entry === undefined || !isCurrent(entry, model)) {
      entry = record(model, () => find(model, key))
      entries.set(key, entry)
    }
    if (recording !== null) {
      for (const fn of entry.functions) recording.functions.add(fn)
      for (const [question, answer] of entry.answers) recording.answers.set(question, answer)
    }
    return entry.found
  }
}

/** Notes that the answer in the making depends on what a function does. */
export function noteFunction(fn: FunctionValue): void {
  recording?.functions.add(fn)
}

/** Notes that it depends on what `question` answers. */
export function noteAnswer<Found>(question: (model: ProjectModel) => Found, answer: Found): void {
  recording?.answers.set(question, answer)
}

function record<Found>(model: ProjectModel, find: () => Found): Entry<Found> {
  const outer = recording
  const reads: Reads = { functions: new Set(), answers: new Map() }
  recording = reads
  try {
    return { ...reads, found: find(), settings: model.settings, version: model.edit.version }
  } finally {
    recording = outer
  }
}

function isCurrent<Found>(entry: Entry<Found>, model: ProjectModel): boolean {
  const { edit, settings } = model
  if (entry.settings !== settings) return false
  if (entry.version === edit.version) return true
  if (entry.version !== edit.before) return false
  for (const fn of edit.changed) if (entry.functions.has(fn)) return false
  for (const [question, answer] of entry.answers) if (question(model) !== answer) return false
  entry.version = edit.version
  return true
}
