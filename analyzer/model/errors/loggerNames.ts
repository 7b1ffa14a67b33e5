// The name by which a file knows the project's logger.
import { loggersIn } from '../logging/projectLoggers.js'
import type { ProjectModel } from '../model.js'

const loggerName = /^(logger|log|\w+Logger)$/
/** Middleware that writes a line for each request. */
const middlewareName = /^(request|req|http|access|morgan)/i

/** A module-level name of the file that holds a logger, by what it imports or declares. null where there is none. */
export function loggerIn(model: ProjectModel, file: string): string | null {
  const facts = model.files.get(file)
  if (facts?.kind !== 'source') return null
  const [known] = loggersIn(model, file)
  if (known !== undefined) return known.name
  const imported = facts.imports.find(
    (one) =>
      !one.isType &&
      loggerName.test(one.local) &&
      !middlewareName.test(one.local) &&
      !/(morgan|pino-http|express-winston)$/.test(one.specifier),
  )
  if (imported !== undefined) return imported.local
  const declared = model.bindings.find(
    ({ name, value, at }) => at.file === file && at.fn === '' && loggerName.test(name) && isNoMiddleware(value.kind),
  )
  return declared?.name ?? null
}

/** `const logger = (req, res, next) => …` logs requests. */
function isNoMiddleware(kind: string): boolean {
  return kind !== 'function' && kind !== 'literal' && kind !== 'class'
}
