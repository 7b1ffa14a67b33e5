// A module that holds all its mutants: whoever imports it calls the copy that is switched on.
import ts from 'typescript'

/** Which copy is on: 0 is the original, 1 the first mutant. `calls` counts what goes through the switch. */
export interface MutationSwitch {
  on: number
  calls: number
}

/** The name under which the switch stands among the globals of the test process. */
const SWITCH = 'parapetMutation'

/** The one switch of this process. */
export function mutationSwitch(): MutationSwitch {
  const holder = globalThis as { [SWITCH]?: MutationSwitch }
  return (holder[SWITCH] ??= { on: 0, calls: 0 })
}

/**
 * The text of a module with the exports of `file`, each of which asks the copy that is on.
 * Copies are modules of their own (`file?mutant=1`), so that every mutant is the very text that it would be on disk.
 */
export function switchedModule(file: string, text: string, count: number): string {
  const numbers = Array.from({ length: count + 1 }, (_, number) => number)
  const names = exportedNames(text)
  return [
    ...numbers.map((number) => `import * as copy${number} from ${JSON.stringify(`${file}?mutant=${number}`)}`),
    `const copies = [${numbers.map((number) => `copy${number}`).join(', ')}]`,
    `const state = globalThis.${SWITCH} ??= { on: 0, calls: 0 }`,
    'const call = (pick) => (...args) => { state.calls += 1; return pick(copies[state.on])(...args) }',
    'const isPlain = (value) => value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype',
    'function switched(pick) {',
    '  const original = pick(copy0)',
    '  if (typeof original === "function") return call(pick)',
    '  if (!isPlain(original)) return original',
    '  const entryOf = ([key, value]) => [key, typeof value === "function" ? call((copy) => pick(copy)[key]) : value]',
    '  return Object.fromEntries(Object.entries(original).map(entryOf))',
    '}',
    ...names.map((name) =>
      name === 'default' ? 'export default switched((copy) => copy.default)' : `export const ${name} = switched((copy) => copy.${name})`,
    ),
    ...passedOn(text),
  ].join('\n')
}

/** `export { a } from './a.js'`: what another module declares is no part of the copies. */
function passedOn(text: string): readonly string[] {
  const source = ts.createSourceFile('module.ts', text, ts.ScriptTarget.ESNext, true)
  return source.statements.filter(isPassedOn).map((statement) => statement.getText())
}

function isPassedOn(statement: ts.Statement): boolean {
  return ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined
}

/** Names of the values that a module exports by declarations. Throws for lists of its own names, of which the copies could not be switched. */
export function exportedNames(text: string): readonly string[] {
  const source = ts.createSourceFile('module.ts', text, ts.ScriptTarget.ESNext, true)
  return source.statements.flatMap((statement) => {
    if (ts.isExportAssignment(statement)) return ['default']
    if (isPassedOn(statement)) return []
    if (ts.isExportDeclaration(statement) && !statement.isTypeOnly) throw new Error(`Cannot switch: ${statement.getText()}`)
    if (!ts.canHaveModifiers(statement)) return []
    const modifiers = ts.getModifiers(statement) ?? []
    if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return []
    if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) return ['default']
    if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name.getText())
    return ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) ? [statement.name?.text ?? 'default'] : []
  })
}
