// Puts together what a run has to report.
import type { Rule } from '../analyzer/check/rule.js'
import type { FixOutcome } from '../analyzer/fixAll.js'
import { repositoryOf, toProject } from '../workspace/locateProject.js'
import { readRulePage } from '../workspace/rulePages.js'
import type { Compared } from './compare.js'
import { fixEditsOf } from './fixEdits.js'
import type { OpenProject } from './openProject.js'
import type { Output } from './report/formats.js'
import { noticesFor, skippedFor } from './report/limits.js'
import { partRemark } from './shard.js'
import type { Reported } from './report/reported.js'

export interface Gathering {
  readonly rulesThatRan: readonly Rule[]
  readonly outputs: readonly Output[]
  readonly stats: boolean
}

/** What the formats of this run are given. Edits of fixes are computed only where a format carries them. */
export async function gather(compared: Compared, outcome: FixOutcome | null, open: OpenProject, options: Gathering): Promise<Reported> {
  const { analysis, accepted, notices, remarks } = compared
  const texts = (file: string): string => outcome?.texts.get(file) ?? open.project.texts(file)
  const needsEdits = options.outputs.some(({ format }) => format === 'sarif' || format === 'rdjson')
  return {
    analysis,
    rules: options.rulesThatRan,
    outcome,
    skipped: skippedFor(open),
    notices: [...noticesFor(analysis, open), ...notices],
    accepted,
    texts,
    edits: needsEdits ? await fixEditsOf(analysis, (file) => (open.project.files.has(file) ? texts(file) : null)) : () => null,
    page: readRulePage,
    prefix: prefixOf(open.target.root),
    loadTime: open.loadTime,
    hasStats: options.stats,
    remarks: open.part === null ? remarks : [...remarks, partRemark(open.part)],
    shard: open.part?.shard ?? null,
  }
}

/** The way from the repository to the checked folder. */
function prefixOf(root: string): string {
  const way = toProject(repositoryOf(root) ?? root, root)
  return way === '' ? '' : `${way}/`
}
