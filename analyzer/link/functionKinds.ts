// The classes of functions, by which wrappers tell async handlers from others.
import type { FunctionFacts } from '../extract/facts.js'

/** What `handler.constructor` is: `Function`, `AsyncFunction`, `GeneratorFunction` or `AsyncGeneratorFunction`. */
export function kindOfFunction({ isAsync, isGenerator }: FunctionFacts): string {
  return `${isAsync ? 'Async' : ''}${isGenerator ? 'Generator' : ''}Function`
}

/** True for the name of such a class. */
export function isFunctionKind(name: string): boolean {
  return /^(?:Async)?(?:Generator)?Function$/.test(name)
}
