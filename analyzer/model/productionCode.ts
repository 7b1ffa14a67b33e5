// The code that serves, for questions about what stands in it.
import type { SourceFacts } from '../extract/facts.js'
import type { ProjectModel } from './model.js'

/** Facts of the production files, without data: it calls and declares nothing, however large it is, and to ask for its contents would extract what nobody has looked into. */
export function productionCode(model: ProjectModel): readonly SourceFacts[] {
  return [...model.productionFiles].flatMap((file) => {
    const facts = model.files.get(file)
    return facts?.kind === 'source' && facts.language !== 'json' ? [facts] : []
  })
}
