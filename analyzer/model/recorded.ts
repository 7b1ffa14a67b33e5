// Answers that are remembered: while one model stands, and in a project under edit for as long as what they were read from says the same.
import { type Answer, ask, newAnswer } from './answers.js'
import type { ProjectModel } from './model.js'
import { type Line, lineOf } from './tracked.js'

/** `find` with a memory, for each of the keys: routes, values, functions, scopes. Whatever it reads of the model is noted. */
export function recorded<Key extends object, Found>(
  find: (model: ProjectModel, key: Key) => Found,
): (model: ProjectModel, key: Key) => Found {
  const once = new WeakMap<Key, { readonly model: ProjectModel; readonly found: Found }>()
  const answers = new WeakMap<Key, { readonly line: Line; readonly answer: Answer }>()
  return (model, key) => {
    const line = lineOf(model)
    if (line === null) {
      let known = once.get(key)
      if (known?.model !== model) once.set(key, (known = { model, found: find(model, key) }))
      return known.found
    }
    let known = answers.get(key)
    if (known?.line !== line) answers.set(key, (known = { line, answer: newAnswer(() => find(line.tracked, key)) }))
    return ask(known.answer) as Found
  }
}

/** `find` with a memory, by name: of a file, a folder, a capability. */
export function recordedByName<Found>(find: (model: ProjectModel, name: string) => Found): (model: ProjectModel, name: string) => Found {
  const known = recordedOnce(() => new Map<string, (model: ProjectModel) => Found>())
  return (model, name) => {
    const all = known(model)
    let one = all.get(name)
    if (one === undefined) all.set(name, (one = recordedOnce((of) => find(of, name))))
    return one(model)
  }
}

/** `find` with a memory, for the whole model. */
export function recordedOnce<Found>(find: (model: ProjectModel) => Found): (model: ProjectModel) => Found {
  const once = new WeakMap<ProjectModel, { readonly found: Found }>()
  return (model) => {
    const line = lineOf(model)
    if (line === null) {
      let known = once.get(model)
      if (known === undefined) once.set(model, (known = { found: find(model) }))
      return known.found
    }
    let answer = line.answers.get(find)
    if (answer === undefined) line.answers.set(find, (answer = newAnswer(() => find(line.tracked))))
    return ask(answer) as Found
  }
}
