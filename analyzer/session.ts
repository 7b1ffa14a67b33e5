// A project under edit: facts by file, replaced one by one; everything after them is computed anew, but for runs that read nothing new.
import type { Analysis, ProjectInput } from './analyze.js'
import { isEnabled } from './check/configuration.js'
import type { Rule } from './check/rule.js'
import { runRules } from './check/runRules.js'
import { extractFacts } from './extract/extractFacts.js'
import type { FileFacts, UnparsedFacts } from './extract/facts.js'
import { createLinker, type Linker } from './link/relink.js'
import { withManifest } from './manifest.js'
import { analyzeRegions, linkInputs, type LinkByKey, type RegionOptions } from './regions.js'
import type { ProjectModel } from './model/model.js'
import { createTracker } from './model/tracker.js'
import { hashText } from './text/hash.js'

export interface Session {
  /** Sets the text of a file; null removes it. Extracts this one file, unless its facts are known already. */
  readonly update: (file: string, text: string | null) => void
  /**
   * What the first analysis takes its time for, in steps between which others may be served, as long as no text is updated meanwhile.
   * An analysis after it finds all of that done; what it says is the same without.
   */
  readonly begin: () => Generator<undefined, void>
  /** The findings of the current texts, equal to those of a fresh analysis as long as every file parses. */
  readonly analyze: () => Analysis
  /** How many files were extracted since the session began. */
  readonly extractions: () => number
  /** How often the entries were booted anew since the session began. */
  readonly boots: () => number
}

/** Begins with the facts of a project as it is. A file that stops parsing keeps the last facts that it had, and is listed as unparsed. */
export function createSession(project: ProjectInput, rules: readonly Rule[], options: RegionOptions): Session {
  const files = new Map(project.files)
  const broken = new Map<string, UnparsedFacts>()
  const linkers = new Map<string, { readonly linker: Linker; readonly track: (model: ProjectModel) => ProjectModel }>()
  let packages = project.packages
  let extracted = 0

  function update(file: string, text: string | null): void {
    if (text === null) {
      files.delete(file)
      broken.delete(file)
      return
    }
    packages = withManifest(packages, file, text)
    const known = files.get(file)
    if (known?.hash === hashText(text)) {
      broken.delete(file)
      return
    }
    extracted++
    const facts: FileFacts = extractFacts(file, text)
    if (facts.kind === 'unparsed' && known !== undefined && known.kind !== 'unparsed') broken.set(file, facts)
    else {
      broken.delete(file)
      files.set(file, facts)
    }
  }

  function linkerOf(key: string): { readonly linker: Linker; readonly track: (model: ProjectModel) => ProjectModel } {
    const known = linkers.get(key) ?? { linker: createLinker(), track: createTracker() }
    linkers.set(key, known)
    return known
  }

  const linkByKey: LinkByKey = (input, key) => {
    const { linker, track } = linkerOf(key)
    return track(linker.link(input))
  }

  function* begin(): Generator<undefined, void> {
    const configurations = [options.configuration, ...(options.nested ?? []).map(({ configuration }) => configuration)]
    for (const { input, key } of linkInputs({ ...project, files, packages }, options)) {
      linkerOf(key).linker.boot(input)
      yield
      const model = linkByKey(input, key)
      yield
      for (const rule of rules) {
        if (!configurations.some((configuration) => isEnabled(rule, configuration))) continue
        // What a rule yields is kept with the model.
        runRules(model, [rule])
        yield
      }
    }
  }

  return {
    update,
    begin,
    extractions: () => extracted,
    boots: () => [...linkers.values()].reduce((sum, { linker }) => sum + linker.boots(), 0),
    analyze: () => {
      const analysis = analyzeRegions({ ...project, files, packages }, rules, options, linkByKey)
      if (broken.size === 0) return analysis
      const unparsed = [...analysis.unparsed, ...broken.values()].sort((a, b) => (a.file < b.file ? -1 : 1))
      return { ...analysis, unparsed }
    },
  }
}
