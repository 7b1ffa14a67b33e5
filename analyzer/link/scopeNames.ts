// The names of scopes: the first variable, field or property that holds one.
import type { Scope } from '../model/model.js'
import type { Member } from './roll.js'
import type { Binding } from './units.js'
import type { ScopeValue } from './value.js'

/** Gives each scope the first name of it that a member keeps. */
export function nameScopes(members: readonly Member[], scopes: readonly Scope[]): void {
  const wanted = new Set(scopes)
  for (const member of members) {
    const names = namesOf(member)
    if (names.length === 0) continue
    for (const { name, value } of names) {
      if (!wanted.delete(value.scope)) continue
      value.scope.name = name
      if (wanted.size === 0) return
    }
  }
}

/** A name of a scope. */
export type ScopeBinding = Binding & { readonly value: ScopeValue }

const none: readonly ScopeBinding[] = []

/** Most name no scope, and few keep something else than the last time. */
function namesOf(member: Member): readonly ScopeBinding[] {
  const { kept } = member.records.bindings
  if (member.names?.from !== kept) {
    const found = kept.filter((one): one is ScopeBinding => one.value.kind === 'scope' && one.name !== '*default*')
    member.names = { from: kept, found: found.length === 0 ? none : found }
  }
  return member.names.found
}
