// The Editor that fixes write through: verbs over open files, written out as edits at the end.
import type { SyntaxNode, TSESTree } from '../syntax/parseWithTokens.js'
import type { Location } from '../text/location.js'
import { borrow } from './borrow.js'
import { insertArgument, setArgument } from './calls.js'
import type { CallNode } from './calls.js'
import { packageFile, planDependency, writeDependencies } from './dependencies.js'
import type { DependencyPlan } from './dependencies.js'
import { hasOverlap, sortEdits } from './editList.js'
import type { PlacedEdit } from './editList.js'
import { planExample, writeExample } from './environmentExample.js'
import type { ExampleLine } from './environmentExample.js'
import { FixRefused } from './fix.js'
import type { Editor } from './fix.js'
import { holdAs } from './holding.js'
import { writeImports, planImport } from './imports.js'
import type { WantedImport } from './imports.js'
import { isTypeScriptName, runsAsModule, usesImport } from './moduleSystem.js'
import { moveBefore } from './moves.js'
import { freeName, namesIn } from './names.js'
import { objectText, planFor, removeElement, removeOption, removeProperty, setProperty, writePlan } from './objects.js'
import type { ObjectPlan } from './objects.js'
import { packageFolderOf, packagesAbove } from '../model/versions.js'
import { findAt, nodeAround, nodesAt, spanIn } from './openFile.js'
import type { FixContext, OpenFile, Opener, SourceFile } from './openFile.js'
import { insertLines, replaceSpan, wrapSpan } from './replace.js'
import { addFirst, nameAt } from './scopes.js'
import { insertAfter, insertBefore, removeStatement } from './statements.js'
import { canonicalText } from './restyle.js'
import { dropUnused } from './unusedNames.js'
import { addAfterImports, addAtEnd, newFile } from './wholeFile.js'

/** An editor, and the edits that its verbs add up to. `finish` throws `FixRefused` when they overlap. */
export interface RunningEditor {
  readonly editor: Editor
  finish(): Map<string, readonly PlacedEdit[]>
}

/** An editor over the current texts of a project. It parses the files that its verbs touch, and no others. */
export function editorOf(context: FixContext, opener: Opener): RunningEditor {
  const files = new Map<string, OpenFile>()
  const imports = new Map<SourceFile, WantedImport[]>()
  const objects = new Map<TSESTree.ObjectExpression, ObjectPlan>()
  const dependencies = new Map<OpenFile, DependencyPlan>()
  const examples = new Map<OpenFile, ExampleLine[]>()

  const open = (name: string): OpenFile => kept(files, name, () => opener(name))
  const source = (name: string): SourceFile => asSource(open(name))
  const nodeOf = (at: Location): SyntaxNode => {
    const span = spanIn(context, at)
    const { parsed } = source(at.file)
    return nodesAt(parsed, span)[0] ?? nodeAround(parsed, span)
  }
  const callAt = (at: Location): CallNode => found(findAt(source(at.file).parsed, spanIn(context, at), isCall), 'no call')
  const objectAt = (at: Location): TSESTree.ObjectExpression | null => findAt(source(at.file).parsed, spanIn(context, at), isObject)
  const planAt = (file: SourceFile, object: TSESTree.ObjectExpression): ObjectPlan => planFor(objects, file, object)

  const editor: Editor = {
    addImport: (file, specifier, imported, local) =>
      planImport(
        context,
        source(file),
        kept(imports, source(file), () => []),
        { specifier, imported, local },
      ),
    insertAfter: (at, code) => insertAfter(source(at.file), nodeOf(at), code),
    insertBefore(at, code) {
      const file = open(at.file)
      if (isCode(file)) insertBefore(file, nodeOf(at), code)
      else insertLines(file, spanIn(context, at).start, code)
    },
    append: (file, code) => addAtEnd(source(file), code),
    createFile(name, code, like) {
      const made = newFile(name, code, source(like).style)
      const known = files.get(name)
      // Two parts of one fix may want the same file.
      const isOther = known !== undefined && known.edits[0]?.text !== made.edits[0]?.text
      if (context.text(name) !== null || isOther) throw new FixRefused(`${name} is there already`)
      if (known === undefined) files.set(name, made)
    },
    insertAfterImports: (file, code) => addAfterImports(source(file), code),
    replace: (at, code) => replaceSpan(open(at.file), spanIn(context, at), code),
    removeStatement: (at) => removeStatement(source(at.file), nodeOf(at)),
    moveBefore: (at, to, lead = '') => moveBefore(source(at.file), nodeOf(at), nodeOf(to), lead),
    holdAs: (at, name, code) => holdAs(source(at.file), callAt(at), name, code),
    setProperty(at, key, code, argument = 0) {
      const file = source(at.file)
      const object = objectAt(at)
      if (object !== null) return setProperty(planAt(file, object), key, code)
      const call = callAt(at)
      const value = call.arguments[argument]
      if (value === undefined) return insertArgument(file, call, argument, objectText(file, [[key, code]], ''))
      const literal = findAt(file.parsed, { start: value.range[0], end: value.range[1] }, isObject)
      if (literal !== null) return setProperty(planAt(file, literal), key, code)
      if (!/^(Identifier|MemberExpression|CallExpression)$/.test(value.type)) throw new FixRefused('the options are no object')
      setArgument(file, call, argument, `{ ...${file.text.slice(...value.range)}, ${key}: ${code} }`)
    },
    removeProperty: (at, key) => removeProperty(planAt(source(at.file), found(objectAt(at), 'no object literal')), key),
    removeOption: (at, key) => removeOption(planAt(source(at.file), found(objectAt(at), 'no object literal')), key),
    removeElement: (at) => removeElement(source(at.file), nodeOf(at)),
    setArgument: (at, index, code) => setArgument(source(at.file), callAt(at), index, code),
    insertArgument: (at, index, code) => insertArgument(source(at.file), callAt(at), index, code),
    wrap: (at, before, after) => wrapSpan(source(at.file), spanIn(context, at), before, after),
    text(at) {
      const span = spanIn(context, at)
      return canonicalText(open(at.file), span)
    },
    borrow: (at, file, options) => borrow(editor, source(at.file), callAt(at), file, options),
    nameOf: (scope) => nameAt(source(scope.at.file), spanIn(context, scope.at)),
    addMiddleware(scope, code) {
      if (scope.comesFilled === true) throw new FixRefused('it is made with its routes')
      addFirst(
        source(scope.at.file),
        spanIn(context, scope.at),
        code,
        scope.framework === 'fastify'
          ? { verb: 'register', awaits: runsAsModule(context, scope.at.file) ? 'anywhere' : 'in functions' }
          : undefined,
      )
    },
    addDependency(file, name, range, kind = 'dependencies') {
      // What the packages above install can be imported as well.
      const above = packagesAbove(context.model, file)
      const owner = found(above[0] ?? null, 'no package.json')
      const plan = kept(dependencies, open(packageFile(owner.folder)), () => ({ dependencies: new Map(), devDependencies: new Map() }))
      planDependency(plan, above, name, range, kind, isTypeScriptName(file) ? 'types' : 'plain')
    },
    addEnvironmentExample(file, name, comment) {
      const folder = packageFolderOf(context.model, file)
      planExample(context, folder, open, examples, { name, comment })
    },
    isTypeScript: isTypeScriptName,
    isModule: (file) => usesImport(context, source(file)),
    freeName(file, wanted) {
      const planned = (imports.get(source(file)) ?? []).map((each) => each.local)
      return freeName(wanted, '', new Set([...namesIn(source(file)), ...planned]))
    },
  }

  return {
    editor,
    finish() {
      for (const plan of objects.values()) writePlan(plan)
      for (const [file, plan] of imports) writeImports(context, file, plan)
      for (const [file, plan] of dependencies) writeDependencies(file, plan)
      for (const [file, lines] of examples) writeExample(file, lines)
      for (const file of files.values()) if (isCode(file)) dropUnused(file)
      const edits = new Map<string, readonly PlacedEdit[]>()
      for (const [name, file] of files) {
        if (hasOverlap(file.edits)) throw new FixRefused(`two changes touch the same code in ${name}`)
        if (file.edits.length > 0) edits.set(name, sortEdits(file.edits))
      }
      return edits
    },
  }
}

function isCall(node: SyntaxNode): node is CallNode {
  return node.type === 'CallExpression' || node.type === 'NewExpression'
}

function isObject(node: SyntaxNode): node is TSESTree.ObjectExpression {
  return node.type === 'ObjectExpression'
}

function isCode(file: OpenFile): file is SourceFile {
  return file.parsed !== null
}

function asSource(file: OpenFile): SourceFile {
  const { parsed } = file
  if (parsed === null) throw new FixRefused(`${file.name} is not code`)
  return file as SourceFile
}

function found<Value>(value: Value | null, what: string): Value {
  if (value === null) throw new FixRefused(what)
  return value
}

function kept<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
