// Repairs of limiters that do nothing: options put right.
import type { Editor } from '../../fix/fix.js'
import type { Repair } from './limiterFaults.js'
import type { Limiter } from './limiters.js'

/** Puts one option right, in the object literal that holds it. */
export function repairLimiter(editor: Editor, { options, call }: Limiter, repair: Repair): void {
  const at = options?.kind === 'object' ? options.at : call.at
  if (repair.how === 'remove') editor.removeProperty(at, repair.option)
  else if (repair.how === 'set') editor.setProperty(at, repair.option, repair.code, options === null ? call.argumentsFrom : undefined)
  else if (repair.how === 'number') editor.wrap(repair.value.at, 'Number(', `) || ${repair.code}`)
  else editor.wrap(repair.value.at, '', ` || ${repair.code}`)
}
