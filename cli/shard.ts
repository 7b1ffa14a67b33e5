// `--shard 2/4`: which part of a monorepo a run checks.
import { planShard, type Shard, type ShardPlan } from '../workspace/shards.js'
import { WrongUse } from './exitCode.js'
import { printable } from './terminal.js'

export interface ShardRun extends ShardPlan, Shard {}

/** Reads `index/count`. Throws `WrongUse` for what is none. */
export function readShard(text: string): Shard {
  const [, index = 0, count = 0] = (/^([1-9]\d*)\/([1-9]\d*)$/.exec(text) ?? []).map(Number)
  if (index < 1 || index > count)
    throw new WrongUse(`--shard wants a part and how many there are, such as 1/4, and not ${printable(text)}.`)
  return { index, count }
}

export function shardOf(root: string, shard: Shard): ShardRun {
  return { ...planShard(root, shard), ...shard }
}

/** What a reader should know of the part. */
export function shardRemark({ index, count, applications, total }: ShardRun): string {
  if (applications.length === 0)
    return `Part ${index} of ${count} has no application: there ${total === 1 ? 'is 1' : `are ${total}`} in all.`
  const names = applications.map((folder) => (folder === '' ? 'the root' : folder)).join(', ')
  return `Part ${index} of ${count}: ${names}. \`parapet merge\` puts the parts together.`
}
