// The models of a project under edit: what is read from them is noted, so that after an edit it is known which answers stand.
import type { FileFacts } from '../extract/facts.js'
import type { FunctionValue } from '../link/value.js'
import { type Answer, isNoting, newSource, note, outdate, type Source } from './answers.js'
import type { ProjectModel } from './model.js'

/** Models that follow each other, from one boot to the next. */
export interface Line {
  /** The newest of them, as it was linked, and with what notes who reads it. */
  model: ProjectModel
  tracked: ProjectModel
  /** Parts of the model that were read, with what they were. */
  readonly parts: Map<keyof ProjectModel, Source & { value: unknown }>
  readonly files: Map<string, Source & { facts: FileFacts | undefined }>
  /** Answers of which one asks again after each edit, since that costs little. */
  readonly questions: Map<object, Question>
  /** Answers about the whole model. */
  readonly answers: Map<object, Answer>
}

export interface Question extends Source {
  /** Asks again; false where the answer is the same object as before. */
  readonly renew: () => boolean
}

/** The line that a model belongs to; null for one that no edit follows. */
export function lineOf(model: ProjectModel): Line | null {
  return model instanceof TrackedModel ? model.line : null
}

/** Notes that the answer in the making depends on what a function does. */
export function noteFunction(fn: FunctionValue): void {
  if (!isNoting()) return
  let source = functions.get(fn)
  if (source === undefined) functions.set(fn, (source = newSource()))
  note(source)
}

const functions = new WeakMap<FunctionValue, Source>()

/** Says that a function does something else than before. */
export function outdateFunction(fn: FunctionValue): void {
  const source = functions.get(fn)
  if (source !== undefined) outdate(source)
}

/** Lists that are put together when somebody asks: after an edit they are taken for others without a look at them. */
export const PUT_TOGETHER: ReadonlySet<keyof ProjectModel> = new Set<keyof ProjectModel>([
  'calls',
  'bindings',
  'objects',
  'handovers',
  'crossings',
  'files',
  'parts',
  'seen',
  'edit',
])

/** Always speaks of the newest state: a fix that is worked out later sees what the project is then. */
export class TrackedModel implements ProjectModel {
  readonly files: ReadonlyMap<string, FileFacts>
  constructor(readonly line: Line) {
    this.files = new TrackedFiles(line)
  }
  get apps() {
    return this.read('apps')
  }
  get scopes() {
    return this.read('scopes')
  }
  get calls() {
    return this.read('calls')
  }
  get handovers() {
    return this.read('handovers')
  }
  get crossings() {
    return this.read('crossings')
  }
  get parts() {
    return this.read('parts')
  }
  get edit() {
    return this.read('edit')
  }
  get routes() {
    return this.read('routes')
  }
  get deployment() {
    return this.read('deployment')
  }
  get packages() {
    return this.read('packages')
  }
  get serverFiles() {
    return this.read('serverFiles')
  }
  get productionFiles() {
    return this.read('productionFiles')
  }
  get settings() {
    return this.read('settings')
  }
  get objects() {
    return this.read('objects')
  }
  get bindings() {
    return this.read('bindings')
  }
  get entries() {
    return this.read('entries')
  }
  get unreached() {
    return this.read('unreached')
  }
  get seen() {
    return this.read('seen')
  }
  summaryOf(fn: FunctionValue) {
    noteFunction(fn)
    return this.line.model.summaryOf(fn)
  }
  private read<Name extends keyof ProjectModel>(name: Name): ProjectModel[Name] {
    const { line } = this
    let part = line.parts.get(name)
    if (part === undefined) line.parts.set(name, (part = { ...newSource(), value: PUT_TOGETHER.has(name) ? null : line.model[name] }))
    note(part)
    return line.model[name]
  }
}

/** Facts by path: who asks for one file depends on that one alone. */
class TrackedFiles implements ReadonlyMap<string, FileFacts> {
  constructor(private readonly line: Line) {}
  get(path: string) {
    return this.one(path)
  }
  has(path: string) {
    return this.one(path) !== undefined
  }
  get size() {
    return this.line.model.files.size
  }
  /** Files come and go with a new boot only. */
  keys() {
    return this.line.model.files.keys()
  }
  values() {
    return this.all().values()
  }
  entries() {
    return this.all().entries()
  }
  [Symbol.iterator]() {
    return this.all().entries()
  }
  forEach(callback: (facts: FileFacts, path: string, files: ReadonlyMap<string, FileFacts>) => void) {
    for (const [path, facts] of this.all()) callback(facts, path, this)
  }
  private one(path: string): FileFacts | undefined {
    const { files, model } = this.line
    const facts = model.files.get(path)
    let file = files.get(path)
    if (file === undefined) files.set(path, (file = { ...newSource(), facts }))
    note(file)
    return facts
  }
  private all(): ReadonlyMap<string, FileFacts> {
    const { parts, model } = this.line
    let part = parts.get('files')
    if (part === undefined) parts.set('files', (part = { ...newSource(), value: null }))
    note(part)
    return model.files
  }
}
