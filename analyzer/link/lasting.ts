// What the models of one boot have in common: what an edit leaves as it was stays the same object, so that what was read from it is seen to hold still.
import type { App, ProjectModel, Scope } from '../model/model.js'
import type { Served } from './boot.js'
import type { seenOf } from './seen.js'

/** Of the model before, by what it was made from. */
export interface Lasting {
  readonly handlers: Kept<readonly Served[]>
  readonly apps: Kept<readonly App[]>
  readonly scopes: Kept<readonly Scope[]>
  readonly entries: Kept<ProjectModel['entries']>
  readonly files: Kept<Pick<ProjectModel, 'serverFiles' | 'productionFiles'>>
  readonly sites: Kept<Pick<ProjectModel, 'unreached'> & { readonly seen: ReturnType<typeof seenOf> }>
}

/** Something that is made anew where one of the things that it was made from is another one. */
export interface Kept<T> {
  readonly from: (parts: readonly unknown[], make: () => T) => T
}

export function newLasting(): Lasting {
  return { handlers: newKept(), apps: newKept(), scopes: newKept(), entries: newKept(), files: newKept(), sites: newKept() }
}

function newKept<T>(): Kept<T> {
  let before: { readonly parts: readonly unknown[]; readonly made: T } | null = null
  return {
    from(parts, make) {
      if (before?.parts.length === parts.length && parts.every((one, index) => one === before?.parts[index])) return before.made
      before = { parts, made: make() }
      return before.made
    },
  }
}
