// Several problems of one sort on one line are one finding: a reader looks at a line once.
import { addToGroup } from '../grouped.js'
import type { FileFacts } from '../extract/facts.js'
import type { Fix } from '../fix/fix.js'
import { isAtLeast } from './configuration.js'
import { rangeOf } from './range.js'
import { affected, type Problem, type Rule } from './rule.js'

interface Item {
  readonly rule: Rule
  readonly problem: Problem
}

/** Joins what one rule says in the same words about one line; the first place stands for all, the others are affected too. The order stays. */
export function joinSameLine<T extends Item>(items: readonly T[], files: ReadonlyMap<string, FileFacts>): readonly T[] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const { file } = item.problem.at
    const key = JSON.stringify([
      item.rule.id,
      item.problem.message,
      item.problem.data ?? {},
      file,
      rangeOf(files, item.problem.at).start.line,
    ])
    addToGroup(groups, key, item)
  }
  return [...groups.values()].map((group) => {
    const [first] = group as [T, ...T[]]
    return group.length === 1 ? first : { ...first, problem: joined(group.map(({ problem }) => problem)) }
  })
}

function joined(problems: readonly Problem[]): Problem {
  const [first, ...others] = problems as [Problem, ...Problem[]]
  const places = others.map((one) => affected(one.at, 'The same stands here.'))
  const fixes = problems.flatMap((one) => one.fix ?? [])
  const [fix] = fixes
  return {
    ...first,
    confidence: problems.map((one) => one.confidence).reduce((a, b) => (isAtLeast(a, b) ? a : b)),
    related: [...places, ...problems.flatMap((one) => one.related ?? [])],
    fix: fix !== undefined && fixes.length === problems.length ? togetherOf(fix, fixes) : null,
  }
}

/** All of them at once; as safe as the least safe one. */
function togetherOf(first: Fix, fixes: readonly Fix[]): Fix {
  return {
    title: first.title,
    safety: fixes.every(({ safety }) => safety === 'safe') ? 'safe' : 'suggestion',
    edit: (editor) => {
      for (const fix of fixes) fix.edit(editor)
    },
  }
}
