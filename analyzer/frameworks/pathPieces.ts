// Patterns of paths as pieces, and which paths they match. Sets of positions are followed, so that no pattern costs more than its length.

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  /** One parameter: something without a slash. */
  | { readonly kind: 'segment' }
  /** A parameter with an expression of its own: other parameters may satisfy it, a plain text is not tried. */
  | { readonly kind: 'narrow' }
  | { readonly kind: 'rest'; readonly least: 0 | 1 }
  | { readonly kind: 'group'; readonly pieces: readonly Piece[]; readonly least: 0 | 1; readonly isRepeated: boolean }

/** Whether the pieces match a path as it is written in its declaration: to its end, or up to a slash of it. Letters count in either case. */
export function matchesPieces(pieces: readonly Piece[], path: string, reach: 'exact' | 'prefix'): boolean {
  const text = path.toLowerCase()
  return [...run(pieces, text, new Set([0]))].some((end) => {
    const rest = text.slice(end)
    return rest === '' || rest === '/' || (reach === 'prefix' && rest.startsWith('/'))
  })
}

type Positions = ReadonlySet<number>

function run(pieces: readonly Piece[], text: string, from: Positions): Positions {
  return pieces.reduce<Positions>((positions, piece) => step(piece, text, positions), from)
}

function step(piece: Piece, text: string, from: Positions): Positions {
  switch (piece.kind) {
    case 'text': {
      const wanted = piece.text.toLowerCase()
      return new Set([...from].filter((at) => text.startsWith(wanted, at)).map((at) => at + wanted.length))
    }
    case 'segment':
      return new Set([...from].flatMap((at) => range(at + 1, endOfSegment(text, at))))
    case 'narrow':
      return new Set([...from].filter((at) => text[at] === ':').map((at) => endOfSegment(text, at)))
    case 'rest':
      return new Set([...from].flatMap((at) => range(at + piece.least, text.length)))
    case 'group':
      return runGroup(piece, text, from)
  }
}

function runGroup(group: Extract<Piece, { kind: 'group' }>, text: string, from: Positions): Positions {
  const once = run(group.pieces, text, from)
  const reached = new Set([...(group.least === 0 ? from : []), ...once])
  let added: Positions = group.isRepeated ? once : new Set()
  while (added.size > 0) {
    added = new Set([...run(group.pieces, text, added)].filter((at) => !reached.has(at)))
    for (const at of added) reached.add(at)
  }
  return reached
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_none, index) => from + index)
}

function endOfSegment(text: string, from: number): number {
  const slash = text.indexOf('/', from)
  return slash === -1 ? text.length : slash
}
