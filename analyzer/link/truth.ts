// Whether a value counts as true, or is nothing, as far as that is known.
import { effectOf } from '../frameworks/knownPackages.js'
import type { ChoiceValue, ResultValue, Value } from './value.js'

export type Truth = 'yes' | 'no' | 'unknown'

/** Whether a value counts as true in a condition. */
export function truthOf(value: Value): Truth {
  switch (value.kind) {
    case 'literal':
      return value.value ? 'yes' : 'no'
    case 'object':
    case 'array':
    case 'function':
    case 'class':
    case 'scope':
    case 'regex':
    case 'promise':
      return 'yes'
    case 'package':
      return 'yes'
    case 'global':
      return standard.has(value.name.replace(/\..*/, '')) ? 'yes' : 'unknown'
    case 'template':
      return value.parts.some((part) => part.kind === 'literal' && part.value !== '') ? 'yes' : 'unknown'
    case 'choice':
      return remembered(truths, value, truthOfChoice)
    case 'parameter':
      return value.role === 'request' || value.role === 'response' || value.role === 'next' ? 'yes' : 'unknown'
    case 'environment':
      return value.name === '*' ? 'yes' : 'unknown'
    case 'result':
      return isMiddleware(value) ? 'yes' : 'unknown'
    default:
      return 'unknown'
  }
}

/** What the language and Node bring. Other names are the project's own, as in `globalThis.pool ??= new Pool()`: who set them, and whether, is not known. */
const standard: ReadonlySet<string> = new Set(
  (
    'globalThis global process console require module exports import Buffer fetch Headers Request Response FormData Blob File URL URLSearchParams URLPattern ' +
    'AbortController AbortSignal Event EventTarget EventEmitter CustomEvent MessageChannel MessagePort BroadcastChannel WebSocket EventSource TextEncoder TextDecoder ' +
    'ReadableStream WritableStream TransformStream CompressionStream DecompressionStream WebAssembly performance crypto Crypto CryptoKey SubtleCrypto navigator ' +
    'setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate queueMicrotask structuredClone atob btoa DOMException ' +
    'Object Function Array String Number Boolean Symbol BigInt Date RegExp Math JSON Reflect Proxy Intl Atomics Iterator Promise Map Set WeakMap WeakSet WeakRef ' +
    'FinalizationRegistry Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError ArrayBuffer SharedArrayBuffer DataView ' +
    'Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array ' +
    'parseInt parseFloat isNaN isFinite encodeURI encodeURIComponent decodeURI decodeURIComponent escape unescape eval'
  ).split(' '),
)

// Choices share their options, and never change: each is asked once.
const truths = new WeakMap<ChoiceValue, Truth>()
const absences = new WeakMap<ChoiceValue, Truth>()

function remembered(known: WeakMap<ChoiceValue, Truth>, value: ChoiceValue, ask: (value: ChoiceValue) => Truth): Truth {
  // Those of plain values are cheaper to ask again.
  if (!value.options.some(({ kind }) => kind === 'choice')) return ask(value)
  let answer = known.get(value)
  if (answer === undefined) known.set(value, (answer = ask(value)))
  return answer
}

/** One side is enough to decide: `!secret && false` is false, whatever the secret. */
function truthOfChoice({ operator, options }: ChoiceValue): Truth {
  const deciding = operator === '&&' ? 'no' : operator === '||' ? 'yes' : null
  let agreed: Truth | null = null
  for (const option of options) {
    const truth = truthOf(option)
    if (truth === deciding) return truth
    agreed = agreed === null || agreed === truth ? truth : 'unknown'
  }
  return agreed ?? 'unknown'
}

/**
 * Factories of middleware give functions. What a constructor gives is there too, but variables that hold it are often emptied while serving
 * (`pool = null`), of which other handlers see nothing: both arms of `if (!pool)` are read.
 */
function isMiddleware({ call: { callee } }: ResultValue): boolean {
  return callee.kind === 'package' && effectOf(callee.package, callee.path)?.kind === 'middleware factory'
}

export function isNullish(value: Value): Truth {
  if (value.kind === 'literal') return value.value === null || value.value === undefined ? 'yes' : 'no'
  if (value.kind === 'choice') return remembered(absences, value, isChoiceNullish)
  return truthOf(value) === 'yes' ? 'no' : 'unknown'
}

function isChoiceNullish({ options }: ChoiceValue): Truth {
  const answers = new Set(options.map(isNullish))
  return answers.size === 1 ? (answers.values().next().value as Truth) : 'unknown'
}
