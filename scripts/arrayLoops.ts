// Arrays that are looped over and taken apart run by index in what is shipped.
import { dirname, join } from 'node:path'
import type { Plugin } from 'esbuild'
import { readFileSync } from 'node:fs'
import ts from 'typescript'

/**
 * V8 makes an object for every turn of `for … of` until it has optimised the function around it, and a run of `check` is too short for most:
 * a fifth of all that was allocated on a monorepo of 2,000 files. Over an array, which the types tell, an index does the same.
 */
export function arrayLoops(root: string): Plugin {
  return {
    name: 'array-loops',
    setup({ onLoad }) {
      let program: ts.Program | null = null
      onLoad({ filter: /\/(?:analyzer|rules|workspace|cli|server)\/.*\.ts$/ }, ({ path }) => {
        if (path.includes('node_modules')) return null
        program ??= programOf(root)
        const source = program.getSourceFile(path)
        return source === undefined ? null : { contents: withIndexes(source, program.getTypeChecker()), loader: 'ts' }
      })
    },
  }
}

function programOf(root: string): ts.Program {
  const file = join(root, 'tsconfig.json')
  const { config } = ts.readConfigFile(file, (path) => readFileSync(path, 'utf8')) as { config: unknown }
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(file))
  return ts.createProgram(fileNames, options)
}

interface Edit {
  readonly from: number
  readonly to: number
  readonly text: string
}

/** The text of a file with its loops over arrays, and its patterns that take arrays apart, rewritten. What they do stays: the length is read at each turn, as an array's iterator does. */
export function withIndexes(source: ts.SourceFile, checker: ts.TypeChecker): string {
  const edits: Edit[] = []
  let count = 0
  const visit = (node: ts.Node): void => {
    if (ts.isForOfStatement(node)) {
      const loop = loopOver(node, checker)
      if (loop !== null) {
        edits.push(...editsOf(node, loop, count++, (name) => textOf(name, source, checker)))
        visit(node.expression)
        visit(node.statement)
        return
      }
    }
    if (ts.isArrayBindingPattern(node) && isArray(checker.getTypeAtLocation(node), checker) && !hasRest(node)) {
      edits.push({ from: node.getStart(source), to: node.getEnd(), text: textOf(node, source, checker) })
      return
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  edits.sort((a, b) => a.from - b.from)
  let text = ''
  let at = 0
  for (const edit of edits) {
    text += source.text.slice(at, edit.from) + edit.text
    at = edit.to
  }
  return text + source.text.slice(at)
}

interface Loop {
  readonly array: ts.Expression
  /** What takes the index, where the loop asks for it. */
  readonly index: ts.BindingName | null
  readonly item: ts.BindingName
}

/** `for (const item of array)` and `for (const [index, item] of array.entries())`. */
function loopOver({ initializer, expression, awaitModifier }: ts.ForOfStatement, checker: ts.TypeChecker): Loop | null {
  if (awaitModifier !== undefined || !ts.isVariableDeclarationList(initializer)) return null
  const name = initializer.declarations[0]?.name
  if (name === undefined) return null
  if (isArray(checker.getTypeAtLocation(expression), checker)) return { array: expression, index: null, item: name }
  if (!ts.isCallExpression(expression) || !ts.isPropertyAccessExpression(expression.expression) || !ts.isArrayBindingPattern(name))
    return null
  const { expression: array, name: method } = expression.expression
  if (method.text !== 'entries' || !isArray(checker.getTypeAtLocation(array), checker)) return null
  const [index, item, ...more] = name.elements
  if (index === undefined || item === undefined || more.length > 0 || !ts.isBindingElement(index) || !ts.isBindingElement(item)) return null
  return { array, index: index.name, item: item.name }
}

function isArray(type: ts.Type, checker: ts.TypeChecker): boolean {
  const parts = type.isUnion() ? type.types : [type]
  return parts.every((part) => checker.isArrayType(part) || checker.isTupleType(part))
}

function hasRest({ elements }: ts.ArrayBindingPattern): boolean {
  return elements.some((one) => ts.isBindingElement(one) && one.dotDotDotToken !== undefined)
}

/** `[a, , [b]]` of an array is `{ 0: a, 2: { 0: b } }`, for which nobody makes an iterator. */
function textOf(name: ts.BindingName, source: ts.SourceFile, checker: ts.TypeChecker): string {
  if (!ts.isArrayBindingPattern(name) || hasRest(name) || !isArray(checker.getTypeAtLocation(name), checker)) return name.getText(source)
  const parts = name.elements.flatMap((one, index) => {
    if (!ts.isBindingElement(one)) return []
    const fallback = one.initializer === undefined ? '' : ` = ${one.initializer.getText(source)}`
    return [`${index}: ${textOf(one.name, source, checker)}${fallback}`]
  })
  return `{ ${parts.join(', ')} }`
}

function editsOf(
  node: ts.ForOfStatement,
  { array, index, item }: Loop,
  number: number,
  text: (name: ts.BindingName) => string,
): readonly Edit[] {
  const list = `$list${number}`
  const at = `$at${number}`
  const { initializer, expression, statement } = node
  const keyword = initializer.flags & ts.NodeFlags.Const ? 'const' : 'let'
  const declared = `${keyword} ${index === null ? '' : `${text(index)} = ${at}, `}${text(item)} = ${list}[${at}];`
  const start = statement.getStart()
  const head = [
    { from: initializer.getStart(), to: expression.getStart(), text: `let ${at} = 0, ${list} = (` },
    { from: array.getEnd(), to: expression.getEnd(), text: `); ${at} < ${list}.length; ${at}++` },
  ]
  return ts.isBlock(statement)
    ? [...head, { from: start + 1, to: start + 1, text: ` ${declared}` }]
    : [...head, { from: start, to: start, text: `{ ${declared} ` }, { from: statement.getEnd(), to: statement.getEnd(), text: ' }' }]
}
