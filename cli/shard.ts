// `--shard 2/4` and `--application apps/api`: which part of a monorepo a run checks.
import { resolve } from 'node:path'
import { toProject } from '../workspace/locateProject.js'
import { planApplication, planShard, type Shard, type ShardPlan } from '../workspace/shards.js'
import { WrongUse } from './exitCode.js'
import { printable } from './terminal.js'

/** A part as it was asked for. */
export type Part = { readonly shard: Shard } | { readonly application: string }

export interface PartRun extends ShardPlan {
  /** null for one application that was named. */
  readonly shard: Shard | null
}

/** Reads `index/count`. Throws `WrongUse` for what is none. */
export function readShard(text: string): Shard {
  const [, index = 0, count = 0] = (/^([1-9]\d*)\/([1-9]\d*)$/.exec(text) ?? []).map(Number)
  if (index < 1 || index > count)
    throw new WrongUse(`--shard wants a part and how many there are, such as 1/4, and not ${printable(text)}.`)
  return { index, count }
}

/** Plans a part of the project at `root`. The folder of an application is seen from the working folder. */
export function partOf(root: string, part: Part, cwd: string): PartRun {
  if ('shard' in part) return { ...planShard(root, part.shard), shard: part.shard }
  const folder = toProject(root, resolve(cwd, part.application))
  if (folder.startsWith('..'))
    throw new WrongUse(
      `The application ${printable(part.application)} lies outside the checked folder: check the folder that holds them all.`,
    )
  const plan = planApplication(root, folder)
  if (plan === null)
    throw new WrongUse(`${printable(part.application)} holds no package: --application wants the folder of one, such as apps/api.`)
  return { ...plan, shard: null }
}

/** What a reader should know of the part. */
export function partRemark({ shard, applications, total }: PartRun): string {
  const names = applications.map((folder) => (folder === '' ? 'the root' : folder)).join(', ')
  if (shard === null) return `Only ${names} was checked, with the packages that it loads.`
  const part = `Part ${shard.index} of ${shard.count}`
  return applications.length === 0
    ? `${part} has no application: there ${total === 1 ? 'is 1' : `are ${total}`} in all.`
    : `${part}: ${names}. \`parapet merge\` puts the parts together.`
}
