// The name of an application or router where it is made, and middleware that runs first on it.
import type { SyntaxNode, TSESTree } from '../syntax/parseWithTokens.js'
import { FixRefused } from './fix.js'
import { addEdit, findAt } from './openFile.js'
import type { SourceFile } from './openFile.js'
import type { Span } from '../text/span.js'
import { restyleExpression } from './restyle.js'
import { insertAfter } from './statements.js'
import { lineIndent } from './style.js'

/** How the result of the creating expression at `span` is known in the statements after it: `app`, `this.app`, `module.exports`. null for none. */
export function nameAt(file: SourceFile, span: Span): string | null {
  const creation = creationAt(file, span)
  return creation === null ? null : namedBy(file, creation)
}

/**
 * Adds `app.use(code)` after the statement that makes the scope, or `.use(code)` to an expression that gives it no name.
 * Fastify has `register` in its place, awaited where the statement may be.
 */
export function addFirst(file: SourceFile, span: Span, code: string, { verb, awaits }: FirstRegistration = PLAIN): void {
  const creation = creationAt(file, span)
  if (creation === null) throw new FixRefused('nothing is made here')
  const name = namedBy(file, creation)
  const wait = mayAwait(file, creation, awaits) ? 'await ' : ''
  if (name !== null) return insertAfter(file, creation, `${wait}${name}.${verb}(${code})`)
  const indent = lineIndent(file.text, creation.range[0])
  addEdit(file, creation.range[1], creation.range[1], `.${verb}(${restyleExpression(code, file.style, indent)})`)
}

/** How something is put first: the method, and whether it is awaited inside async functions alone, or at the top of the module too. */
export interface FirstRegistration {
  readonly verb: 'use' | 'register'
  readonly awaits: 'never' | 'in functions' | 'anywhere'
}

const PLAIN: FirstRegistration = { verb: 'use', awaits: 'never' }

/** Inside an async function, or at the top of a file that runs as an ES module. */
function mayAwait(file: SourceFile, node: SyntaxNode, awaits: FirstRegistration['awaits']): boolean {
  if (awaits === 'never') return false
  for (let parent = file.parsed.parents.get(node); parent !== undefined; parent = file.parsed.parents.get(parent))
    if (/Function/.test(parent.type) && 'async' in parent) return parent.async
  return awaits === 'anywhere'
}

type Creation = TSESTree.CallExpression | TSESTree.NewExpression

function creationAt(file: SourceFile, span: Span): Creation | null {
  return findAt(file.parsed, span, (node): node is Creation => node.type === 'CallExpression' || node.type === 'NewExpression')
}

/** Methods that give back what they are called on. */
const CHAINED = /^(withTypeProvider|setValidatorCompiler|setSerializerCompiler|decorate\w*|addSchema)$/

/** Climbs from the creating expression through what passes its value on, to what keeps it. */
function namedBy(file: SourceFile, creation: SyntaxNode): string | null {
  let name: string | null = null
  let node = creation
  for (let parent = file.parsed.parents.get(node); parent !== undefined; node = parent, parent = file.parsed.parents.get(node)) {
    switch (parent.type) {
      case 'VariableDeclarator':
        return parent.id.type === 'Identifier' ? parent.id.name : name
      case 'AssignmentExpression':
        if (parent.right !== node || !/^(=|\|\|=|\?\?=)$/.test(parent.operator)) return name
        name = preferred(name, file.text.slice(...parent.left.range), parent.left)
        continue
      case 'PropertyDefinition':
        return parent.value === node && !parent.static && !parent.computed ? `this.${file.text.slice(...parent.key.range)}` : null
      case 'LogicalExpression':
        if (parent.right !== node) return name
        continue
      case 'MemberExpression': {
        // `fastify().withTypeProvider()` gives the same application.
        const call = file.parsed.parents.get(parent)
        if (call?.type !== 'CallExpression' || parent.object !== node || !CHAINED.test(file.text.slice(...parent.property.range)))
          return name
        continue
      }
      case 'CallExpression':
        if (parent.callee !== node) return name
        continue
      case 'AwaitExpression':
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
        continue
      default:
        return name
    }
  }
  return name
}

/** In `app = module.exports = express()` the plain name reads best. */
function preferred(known: string | null, text: string, target: SyntaxNode): string | null {
  if (target.type === 'Identifier') return text
  if (known !== null && /^[\w$]+$/.test(known)) return known
  return /^[\w$]+(\.#?[\w$]+)*$/.test(text) ? text : known
}
