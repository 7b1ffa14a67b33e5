// What a token is for, as the names around it say.
import { baseNameOf } from '../../link/filePath.js'
import type { CallRecord } from '../../link/value.js'
import type { ProjectModel } from '../model.js'
import { functionsAround } from '../logging/ownLoggers.js'
import { environmentNamesIn } from '../search.js'
import { wordsOf } from '../secrets/secretNames.js'
import { ofEachBinding } from '../perPart.js'

/** Words of the names of variables that the token is kept in, of functions around the call, of the file and of environment variables that it is signed with. */
export function wordsAround(model: ProjectModel, call: CallRecord): ReadonlySet<string> {
  const facts = model.files.get(call.at.file)
  const functions = facts?.kind === 'source' ? functionsAround(facts, call.at.fn).map(({ name }) => name) : []
  const kept = keptResults(model).flatMap((one) => (one.call === call ? [one.name] : []))
  const variables = call.args.flatMap((arg) => environmentNamesIn(arg))
  return new Set([baseNameOf(call.at.file), ...functions, ...kept, ...variables].flatMap(wordsOf))
}

const keptResults = ofEachBinding(
  ({ name, value }): readonly { readonly name: string; readonly call: CallRecord }[] => {
    const result = value.kind === 'promise' ? value.result : value
    return result?.kind === 'result' && /token|jwt|cookie|key|link|url/i.test(name) ? [{ name, call: result.call }] : []
  },
  ['result', 'promise'],
)
