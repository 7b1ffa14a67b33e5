// From the model of one state of a project to that of the next: what is another one than before is said to those who read it.
import type { FunctionValue } from '../link/value.js'
import { outdate } from './answers.js'
import type { ProjectModel } from './model.js'
import { type Line, outdateFunction, PUT_TOGETHER, TrackedModel } from './tracked.js'

/** Follows a project: each model knows what changed since the one before it. */
export function createTracker(): (model: ProjectModel) => ProjectModel {
  let line: Line | null = null
  return (model) => {
    const { before, changed } = model.edit
    if (line === null || before === null || before !== line.model.edit.version) line = newLine(model)
    else advance(line, model, changed)
    return (line.tracked = new TrackedModel(line))
  }
}

function newLine(model: ProjectModel): Line {
  return { model, tracked: model, parts: new Map(), files: new Map(), questions: new Map(), answers: new Map() }
}

function advance(line: Line, model: ProjectModel, changed: ReadonlySet<FunctionValue>): void {
  line.model = model
  for (const [name, part] of line.parts) {
    if (PUT_TOGETHER.has(name)) outdate(part)
    else if (part.value !== model[name]) {
      part.value = model[name]
      outdate(part)
    }
  }
  for (const [path, file] of line.files) {
    const facts = model.files.get(path)
    if (facts === file.facts) continue
    file.facts = facts
    outdate(file)
  }
  for (const fn of changed) outdateFunction(fn)
  for (const question of line.questions.values()) if (question.readers.size > 0 && question.renew()) outdate(question)
}
