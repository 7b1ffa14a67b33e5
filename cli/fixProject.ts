// Fixes a project under its configurations: what each of them reports in its own folder, one after the other.
import type { FileFacts } from '../analyzer/extract/facts.js'
import { extractFacts } from '../analyzer/extract/extractFacts.js'
import { fixAll, type FixOptions, type FixOutcome } from '../analyzer/fixAll.js'
import { analyzeProject, configurationFor, regionOf, type Choices } from './analyzeProject.js'
import type { OpenProject } from './openProject.js'

interface Fixing extends Pick<FixOptions, 'grade' | 'text' | 'known'> {
  readonly fits: (file: string) => boolean
}

/** The texts that fixes come to, and what is left to report. */
export function fixProject(open: OpenProject, choices: Choices, { grade, text, fits, known = [] }: Fixing): FixOutcome {
  if (open.nested.length === 0) {
    const configuration = configurationFor(open, '', choices)
    return fixAll(open.project, open.rules, { ...choices, configuration, grade, text, fits: ({ file }) => fits(file), known })
  }
  const texts = new Map<string, string>()
  let current = open
  const outcomes: FixOutcome[] = []
  for (const folder of ['', ...open.nested.map((region) => region.folder)]) {
    const outcome = fixAll(current.project, open.rules, {
      ...choices,
      configuration: configurationFor(open, `${folder}/`, choices),
      grade,
      text: (file) => texts.get(file) ?? text(file),
      fits: ({ file }) => fits(file) && regionOf(open, file).folder === folder,
      known,
    })
    for (const [file, content] of outcome.texts) texts.set(file, content)
    current = { ...current, project: { ...current.project, files: withTexts(current.project.files, outcome.texts) } }
    outcomes.push(outcome)
  }
  return {
    texts: new Map([...texts].sort(([a], [b]) => (a < b ? -1 : 1))),
    before: new Map([...texts.keys()].map((file) => [file, text(file)])),
    fixed: outcomes.reduce((sum, { fixed }) => sum + fixed, 0),
    refused: outcomes.flatMap(({ refused }) => refused),
    analysis: analyzeProject(current, choices),
    internalErrors: outcomes.flatMap(({ internalErrors }) => internalErrors),
  }
}

function withTexts(files: ReadonlyMap<string, FileFacts>, texts: ReadonlyMap<string, string>): ReadonlyMap<string, FileFacts> {
  const changed = [...texts].map(([file, content]) => [file, extractFacts(file, content)] as const)
  return new Map([...files, ...changed].sort(([a], [b]) => (a < b ? -1 : 1)))
}
