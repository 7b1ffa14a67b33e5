// Calling the roll: which units take part after a boot or an edit.
import { enroll, type Member, type Roll, strike } from './roll.js'
import { replaceUnits } from './rollReplacement.js'
import type { Unit } from './units.js'

/** Makes the roll that of the units that the roots lead to, but for those in `others`. */
export function callRoll(roll: Roll, roots: readonly Unit[], others: Roll | null): void {
  if (roll.beside === others?.walk && replaceUnits(roll, roots, others)) return
  const before = roll.members
  const walk = {}
  const members: Member[] = []
  const visit = (unit: Unit): void => {
    if (unit.walk === walk || (others !== null && unit.walk === others.walk)) return
    unit.walk = walk
    if (unit.member?.roll !== roll) {
      touch(roll, enroll(roll, unit))
    }
    const member = unit.member as Member
    member.position = members.length
    members.push(member)
    for (const used of unit.uses) visit(used)
  }
  for (const root of roots) visit(root)
  roll.members = members
  roll.roots = roots
  roll.walk = walk
  roll.beside = others?.walk
  for (const member of before) {
    if (member.unit.walk === walk) continue
    strike(roll, member)
    touch(roll, member)
  }
}

function touch(roll: Roll, { unit, foreign }: Member): void {
  for (const key of unit.executed) roll.touched.add(key)
  for (const key of foreign) roll.touched.add(key)
}
