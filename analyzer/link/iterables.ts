// What loops go over: elements and keys, as far as they are known.
import type { Statement } from '../extract/facts.js'
import type { Location } from '../text/location.js'
import type { Frame, Machine } from './machine.js'
import { lacking } from './lacking.js'
import { entriesOf } from './moduleExports.js'
import { awaitValue } from './promises.js'
import { isSymbolName, keyBehind } from './propertyKeys.js'
import type { Lacking, Value } from './value.js'
import { memberValue } from './values.js'

/** Known items, and what stands for those that are not. */
export interface Items {
  readonly known: readonly Value[]
  readonly rest: Value | null
  /** Those that are known and may not be there. */
  readonly mayLack?: Lacking
}

/** What `for of` goes over. */
export function elementsOf(value: Value, at: Location): Items {
  if (value.kind === 'array')
    return lacking<Items>(
      { known: value.elements, rest: value.isOpen && value.elements.length === 0 ? memberValue(at, value, '*') : null },
      value,
    )
  if (value.kind === 'object' && value.role === 'set')
    return lacking<Items>({ known: [...value.properties.values()], rest: value.isOpen ? memberValue(at, value, '*') : null }, value)
  if (value.kind === 'object' && value.role === 'map') {
    return {
      known: [...value.properties].map(([key, one]) => ({
        kind: 'array',
        at,
        elements: [keyBehind(value, key, at), one],
        isOpen: false,
      })),
      rest: value.isOpen ? memberValue(at, value, '*') : null,
    }
  }
  if (value.kind === 'choice') {
    const parts = value.options.map((option) => elementsOf(option, at))
    return { known: parts.flatMap((part) => part.known), rest: parts.find((part) => part.rest !== null)?.rest ?? null, mayLack: 'any' }
  }
  if (value.kind === 'literal')
    return {
      known: typeof value.value === 'string' ? [...value.value].map((one) => ({ kind: 'literal', at, value: one })) : [],
      rest: null,
    }
  return { known: [], rest: memberValue(at, value, '*') }
}

/** `for await` waits for each element. */
export function awaited(machine: Machine, items: Items, isAwait: Extract<Statement, readonly ['forOf', ...unknown[]]>[5]): Items {
  return isAwait ? { ...items, known: items.known.map((item) => awaitValue(machine, item)) } : items
}

/** What `for in` goes over. */
export function keysOf(machine: Machine, frame: Frame, value: Value, at: Location): Items {
  if (value.kind === 'object' && !value.isOpen)
    return {
      known: entriesOf(machine, { at, frame, argsAt: [], isAwaited: false }, value).flatMap(([key]) =>
        isSymbolName(key) ? [] : [{ kind: 'literal', at, value: key }],
      ),
      rest: null,
    }
  if (value.kind === 'array')
    return { known: value.elements.map((_, index) => ({ kind: 'literal', at, value: String(index) })), rest: null }
  return { known: [], rest: memberValue(at, value, '*') }
}
