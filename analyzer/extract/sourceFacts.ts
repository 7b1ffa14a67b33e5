// Puts the facts of a source file together once its module body has been read.
import type { DirectiveFacts, SourceFacts, Statement } from './facts.js'
import type { FileDraft, Frame } from './frame.js'

export interface ReadSource {
  readonly file: string
  readonly hash: string
  readonly language: SourceFacts['language']
  readonly text: string
  readonly lineStarts: readonly number[]
  /** The frame of the module itself. */
  readonly frame: Frame
  readonly body: readonly Statement[]
  readonly directives: readonly DirectiveFacts[]
}

export function emptyDraft(): FileDraft {
  return { functions: {}, classes: {}, imports: [], exports: [], importedModules: [], hasModuleSyntax: false }
}

export function finishSource({ file, hash, language, text, lineStarts, frame, body, directives }: ReadSource): SourceFacts {
  const draft = frame.file
  draft.functions[''] = {
    id: '',
    name: '',
    kind: 'module',
    isAsync: false,
    isGenerator: false,
    parameters: [],
    arity: 0,
    returnType: null,
    body: [...draft.importedModules, ...body],
    hasAwait: frame.hasAwait,
    spans: frame.spans.slice(),
  }
  return {
    kind: 'source',
    file,
    hash,
    language,
    functions: draft.functions,
    classes: draft.classes,
    imports: draft.imports,
    exports: draft.exports,
    hasModuleSyntax: draft.hasModuleSyntax,
    directives,
    lineStarts: lineStarts.slice(),
    length: text.length,
    hasShebang: text.startsWith('#!'),
  }
}
