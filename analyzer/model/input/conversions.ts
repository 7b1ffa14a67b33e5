// What makes a text, a number, a date or an id of anything: no operator of a query and no list comes through.
import type { Value } from '../../link/value.js'
import { globalOf, methodName } from '../origins.js'

/** `String(body.name).slice(0, 20)`, `body.name.trim()`, `` `${body.name}`.trim() ``, `body.name + ''`, `+body.age`, `~~body.age`, `new Date(body.day)`, `new ObjectId(body.id)`. */
export function isConverted(value: Value): boolean {
  let one = value
  for (;;) {
    if (one.kind === 'template') return true
    if (one.kind === 'operation') return arithmetic.test(one.operator) || (one.operator === '+' && one.operands.length === 1)
    if (one.kind === 'member') one = one.object
    else if (one.kind !== 'result') return false
    else if (isConverting(one.call.callee) || isOfTexts(one.call.callee)) return true
    else one = one.call.callee
  }
}

const arithmetic = /^([-*/%&|^~]|\*\*|<<|>>>?)$/

/** What they give is of one type, whatever they get. */
const converting = /^(Number|Boolean|String|BigInt|Date|parseInt|parseFloat|Number\.parse(Int|Float)|Math\.\w+|encodeURIComponent)$/

/** Ids of MongoDB are made of texts of a certain form, and throw at anything else. */
function isConverting(callee: Value): boolean {
  return converting.test(globalOf(callee) ?? '') || /^ObjectI[dD]$/.test(methodName(callee) ?? '')
}

/** Only texts have these methods, and lists and objects of JSON none: with anything else the request fails. Whatever has `toString` gives a text. */
function isOfTexts(callee: Value): boolean {
  return (
    callee.kind === 'member' &&
    /^(toString|trim(Start|End)?|to(Lower|Upper)Case|normalize|charAt|padStart|padEnd|substr|substring|replaceAll?)$/.test(callee.name)
  )
}
