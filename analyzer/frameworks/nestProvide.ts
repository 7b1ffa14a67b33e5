// What the providers of a module say: classes, values, factories and what stands for something else.
import type { CallSite, Machine } from '../link/machine.js'
import type { Value } from '../link/value.js'
import type { NestModule, Provider } from './nestState.js'
import { listOf, placeOfProperty, propertyOf, settled, tokenKey } from './nestValues.js'

/** Adds what one element of `providers` provides. */
export function addProvider(machine: Machine, site: CallSite, module: NestModule, value: Value): void {
  if (value.kind === 'class' || value.kind === 'package') {
    provide(module, { token: value, how: 'class', target: value, inject: [], at: value.at })
    return
  }
  const token = propertyOf(value, 'provide')
  if (token === undefined) return
  for (const [name, how] of WAYS) {
    const target = propertyOf(value, name)
    if (target === undefined) continue
    provide(module, {
      token: settled(machine, site, token),
      how,
      target: how === 'value' ? target : settled(machine, site, target),
      inject: listOf(machine, site, propertyOf(value, 'inject')),
      at: placeOfProperty(value, name),
    })
    return
  }
}

const WAYS: readonly (readonly [string, Provider['how']])[] = [
  ['useClass', 'class'],
  ['useExisting', 'existing'],
  ['useFactory', 'factory'],
  ['useValue', 'value'],
]

/** Adds a provider under its token; one whose token cannot be told apart is left out. */
export function provide(module: NestModule, one: Pick<Provider, 'token' | 'how' | 'target' | 'inject' | 'at'>): void {
  const key = tokenKey(one.token)
  if (key !== null) module.providers.push({ ...one, key, module, made: null })
}
