// Nest's Logger where code of a Nest application logs: the field of the class around, or a new one for the file.
import { baseNameOf } from '../../link/filePath.js'
import type { SourceFacts } from '../../extract/facts.js'
import type { Editor } from '../../fix/fix.js'
import type { Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import { packagesAbove } from '../versions.js'

const PACKAGE = '@nestjs/common'

/** True for files of a package that depends on Nest and does not log with another logger of its own. */
export function isNestCode(model: ProjectModel, file: string): boolean {
  return model.apps.some((app) => app.framework === 'nest') && packagesAbove(model, file).some((one) => PACKAGE in one.dependencies)
}

/** `this.logger`, where the class around the place has a field that holds Nest's Logger. */
export function loggerField(model: ProjectModel, at: Location): string | null {
  const facts = model.files.get(at.file)
  if (facts?.kind !== 'source') return null
  const locals = facts.imports
    .filter((one) => !one.isType && one.specifier === PACKAGE && one.imported === 'Logger')
    .map((one) => one.local)
  for (const { members } of Object.values(facts.classes)) {
    const isAround = members.some(
      (one) => one.kind === 'method' && !one.isStatic && one.function !== null && reaches(facts, at.fn, one.function),
    )
    if (!isAround) continue
    for (const { kind, key, value } of members) {
      if (kind !== 'field' || typeof key !== 'string' || value?.[0] !== 'new' || value[2][0] !== 'name') continue
      if (locals.includes(value[2][2])) return `this.${key}`
    }
  }
  return null
}

/** Declares a logger for the file and gives its name. Its context is the file's name in the form of a class. */
export function makeLogger(editor: Editor, file: string): string {
  const type = editor.addImport(file, PACKAGE, 'Logger', 'Logger')
  const stem = baseNameOf(file).replace(/\.[^.]+$/, '')
  const context = stem
    .split(/[.\-_]/)
    .map((part) => `${part.slice(0, 1).toUpperCase()}${part.slice(1)}`)
    .join('')
  const name = editor.freeName(file, 'logger')
  editor.insertAfterImports(file, `const ${name} = new ${type}('${context}')`)
  return name
}

/** True where `this` of a method is that of the place: the method itself, or arrows inside it. */
function reaches(facts: SourceFacts, place: string, method: string): boolean {
  for (let fn = place; fn !== method; fn = fn.slice(0, fn.lastIndexOf('.'))) {
    if (!fn.includes('.') || facts.functions[fn]?.kind !== 'arrow') return false
  }
  return true
}
