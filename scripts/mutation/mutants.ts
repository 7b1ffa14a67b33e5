// Finds the places of a file that can be broken, and how.
import ts from 'typescript'

export interface Mutant {
  readonly file: string
  /** Offsets in UTF-16 units, end exclusive. */
  readonly start: number
  readonly end: number
  readonly before: string
  readonly after: string
  readonly operator: string
  readonly line: number
}

type Change = readonly [operator: string, after: string, node?: ts.Node]

const SWAPPED: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [ts.SyntaxKind.AmpersandAmpersandToken, '||'],
  [ts.SyntaxKind.BarBarToken, '&&'],
  [ts.SyntaxKind.LessThanToken, '>='],
  [ts.SyntaxKind.LessThanEqualsToken, '>'],
  [ts.SyntaxKind.GreaterThanToken, '<='],
  [ts.SyntaxKind.GreaterThanEqualsToken, '<'],
  [ts.SyntaxKind.PlusToken, '-'],
  [ts.SyntaxKind.MinusToken, '+'],
])

/** Every mutant of the functions of a file, in source order. Declarations, types and texts outside functions are left alone. */
export function mutantsOf(file: string, text: string): readonly Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true)
  const mutants: Mutant[] = []

  function visitOutside(node: ts.Node): void {
    if (isErased(node)) return
    ts.forEachChild(node, ts.isFunctionLike(node) ? visitInside : visitOutside)
  }

  function visitInside(node: ts.Node): void {
    if (isErased(node)) return
    for (const change of changesOf(node)) add(node, change)
    ts.forEachChild(node, visitInside)
  }

  function add(node: ts.Node, [operator, after, target = node]: Change): void {
    const start = target.getStart(source)
    const line = source.getLineAndCharacterOfPosition(start).line + 1
    mutants.push({ file, start, end: target.end, before: text.slice(start, target.end), after, operator, line })
  }

  visitOutside(source)
  return mutants
}

/** A part of the mutants, the same for the same seed, in source order. */
export function sample(mutants: readonly Mutant[], size: number, seed: number): readonly Mutant[] {
  let state = seed
  const random = (): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
  return mutants
    .map((mutant) => ({ mutant, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, size)
    .map(({ mutant }) => mutant)
    .sort((a, b) => a.start - b.start)
}

function changesOf(node: ts.Node): readonly Change[] {
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [['flip boolean', 'false']]
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [['flip boolean', 'true']]
  if (ts.isBinaryExpression(node)) {
    const swapped = SWAPPED.get(node.operatorToken.kind)
    return swapped === undefined ? [] : [['swap operator', swapped, node.operatorToken]]
  }
  if (ts.isIfStatement(node) || ts.isWhileStatement(node)) return [['negate condition', `!(${node.expression.getText()})`, node.expression]]
  if (ts.isConditionalExpression(node)) return [['negate condition', `!(${node.condition.getText()})`, node.condition]]
  if (ts.isReturnStatement(node)) return [['remove return', ';']]
  if (ts.isExpressionStatement(node) || ts.isContinueStatement(node) || ts.isBreakStatement(node)) return [['remove statement', ';']]
  if (ts.isNumericLiteral(node)) return [['number + 1', String(Number(node.text) + 1)]]
  if (ts.isStringLiteral(node) && node.text !== '' && isValue(node)) return [['empty string', "''"]]
  return []
}

/** Imports and types leave nothing to run. */
function isErased(node: ts.Node): boolean {
  return ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)
}

/** False for keys of properties and the like, where an empty string would be another program and not a wrong one. */
function isValue(node: ts.StringLiteral): boolean {
  const { parent } = node
  return !(ts.isPropertyAssignment(parent) && parent.name === node) && !ts.isLiteralTypeNode(parent)
}
