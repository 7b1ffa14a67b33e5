// Where a new import goes, and where the code after the imports starts.
import type { SyntaxNode } from '../syntax/parseWithTokens.js'
import { requiredBy } from './existingImports.js'
import type { SourceFile } from './openFile.js'
import { endOfLineComments } from './statementPlace.js'

/** An offset for an insertion; `after` a line that stays before it, or `before` all else. */
export interface Place {
  readonly offset: number
  readonly side: 'after' | 'before'
}

/** After the last import. They are hoisted, so no use comes too early. */
export function importPlace(file: SourceFile): Place {
  return after(file, file.parsed.program.body.findLast(isImport)) ?? top(file)
}

/** After the last top-level require that stands before `limit`, the first place that may use it; else before the first one. */
export function requirePlace(file: SourceFile, limit: number): Place {
  const { body } = file.parsed.program
  return (
    after(
      file,
      body.findLast((statement) => statement.range[1] <= limit && isRequire(statement)),
    ) ?? top(file)
  )
}

/** After the imports and requires that the file starts with. */
export function afterImportsPlace(file: SourceFile): Place {
  const { body } = file.parsed.program
  let last: SyntaxNode | undefined
  for (const statement of body) {
    if (isImport(statement) || isRequire(statement)) last = statement
    // Environment files are loaded among the imports.
    else if (!isDirective(statement) && !/^dotenv\w*\.config\(/.test(file.text.slice(...statement.range))) break
  }
  const hoisted = body.some((statement) => isImport(statement)) && last === undefined ? body.findLast(isImport) : last
  return after(file, hoisted) ?? top(file)
}

/** After the shebang, the directives and a leading comment that a blank line sets apart. */
function top(file: SourceFile): Place {
  const { body } = file.parsed.program
  const directive = after(file, body.findLast(isDirective))
  if (directive !== null) return directive
  const shebang = /^#!.*\r?\n?/.exec(file.text)?.[0].length ?? 0
  const first = body[0]?.range[0] ?? file.text.length
  const header = file.parsed.comments
    .filter((comment) => comment.range[0] >= shebang && comment.range[1] <= first)
    .findLast((comment) => /^[ \t]*\r?\n[ \t]*\r?\n/.test(file.text.slice(comment.range[1])))
  if (header === undefined) return { offset: shebang, side: 'before' }
  return { offset: header.range[1] + (/^[ \t]*\r?\n[ \t]*\r?\n/.exec(file.text.slice(header.range[1]))?.[0].length ?? 0), side: 'before' }
}

function after(file: SourceFile, statement: SyntaxNode | undefined): Place | null {
  if (statement === undefined) return null
  return { offset: endOfLineComments(file.text, file.parsed, statement.range[1]), side: 'after' }
}

function isImport(statement: SyntaxNode): boolean {
  return statement.type === 'ImportDeclaration' || statement.type === 'TSImportEqualsDeclaration'
}

/** `const x = require('x')`, `require('dotenv').config()`; not `const app = require('express')()`, which makes something of it. */
function isRequire(statement: SyntaxNode): boolean {
  if (statement.type === 'ExpressionStatement') return requiredBy(statement.expression) !== null
  if (statement.type !== 'VariableDeclaration') return false
  return statement.declarations.every((declarator) => {
    const { init } = declarator
    return requiredBy(init) !== null && !(init?.type === 'CallExpression' && init.callee.type === 'CallExpression')
  })
}

function isDirective(statement: SyntaxNode): boolean {
  return statement.type === 'ExpressionStatement' && 'directive' in statement && typeof statement.directive === 'string'
}
