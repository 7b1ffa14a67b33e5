// The list of origins that the environment holds, as a name in a file: the code that fixes of several rules write.
import type { Editor } from '../../fix/fix.js'
import type { Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import { isFilledLate } from '../secrets/environmentFiles.js'

/** A constant that holds the list, or a function that asks whether an origin is in it. */
export interface OriginList {
  readonly kind: 'list' | 'function'
  readonly name: string
}

/**
 * Declares the list in front of `top`, or takes the one that the module has. Where a file fills the environment after the modules are loaded, a constant of
 * the module would stay empty: there a function reads the variable when it is asked. `kept` are the origins that count while the variable is not set.
 */
export function originList(editor: Editor, model: ProjectModel, top: Location, variable: string, kept: readonly string[] = []): OriginList {
  const { file } = top
  const known = kept.length > 0 ? null : knownList(editor, model, top, variable)
  if (known !== null) return known
  const isTypeScript = editor.isTypeScript(file)
  const read = (one: string): string =>
    `(process.env.${variable} ?? '${kept.join(',')}')\n  .split(',')\n  .map((${one}) => ${one}.trim())\n  .filter(Boolean)`
  if (top.fn === '' && isFilledLate(editor, model, file)) {
    const name = editor.freeName(file, FUNCTION)
    const head = isTypeScript ? '(origin: string | undefined): boolean' : '(origin)'
    editor.insertBefore(top, `const ${name} = ${head} =>\n  ${read('one').replaceAll('\n', '\n  ')}\n    .some((one) => one === origin)`)
    return { kind: 'function', name }
  }
  const name = editor.freeName(file, LIST)
  editor.insertBefore(top, `const ${name} = ${read('origin')}`)
  return { kind: 'list', name }
}

const LIST = 'allowedOrigins'
const FUNCTION = 'isAllowedOrigin'

/** The value of an `origin` option that asks the function. */
export function originOption(editor: Editor, file: string, name: string): string {
  const parameters = editor.isTypeScript(file)
    ? 'origin: string | undefined, callback: (error: Error | null, isAllowed?: boolean) => void'
    : 'origin, callback'
  return `(${parameters}) => callback(null, ${name}(origin))`
}

/** One that an earlier fix, or somebody like it, declared at the top of the module for the same variable, in front of where it is needed. */
function knownList(editor: Editor, model: ProjectModel, top: Location, variable: string): OriginList | null {
  const found = model.bindings.find(
    ({ name, at }) =>
      (name === LIST || name === FUNCTION) &&
      at.file === top.file &&
      at.fn === '' &&
      (top.fn !== '' || at.node < top.node) &&
      editor.text(at).includes(`process.env.${variable} `),
  )
  return found === undefined ? null : { kind: found.name === LIST ? 'list' : 'function', name: found.name }
}
