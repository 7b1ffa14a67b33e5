// The store that limiters of a project share between processes, for the limiters that fixes write.
import { FixRefused, type Editor } from '../../fix/fix.js'
import type { Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import { originOf } from '../origins.js'
import { recordedOnce } from '../recorded.js'
import { possibleValues, property } from '../values.js'
import { packageFolderOf } from '../versions.js'
import { limitersOf } from './limiters.js'

/** The store of another limiter of the package, made again with a prefix of its own; null where there is none, or it cannot be had in the file. */
export function sharedStoreCode(editor: Editor, model: ProjectModel, file: string, prefix: string): string | null {
  const folder = packageFolderOf(model, file)
  for (const at of storesOf(model)) {
    if (packageFolderOf(model, at.file) !== folder) continue
    try {
      return editor.borrow(at, file, { prefix })
    } catch (error) {
      if (!(error instanceof FixRefused)) throw error
    }
  }
  return null
}

/** Where stores of rate-limit-redis are made that limiters count in. */
const storesOf = recordedOnce((model): readonly Location[] =>
  limitersOf(model).flatMap(({ options }) =>
    possibleValues(property(options, 'store')).flatMap((value) =>
      value.kind === 'result' && value.call.isNew && originOf(value)?.package === 'rate-limit-redis' ? [value.call.at] : [],
    ),
  ),
)
