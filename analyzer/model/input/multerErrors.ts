// What multer refuses, and whether the project knows: its errors have no status, so Express answers them with 500 (measured with 2.0 on Express 5).
import type { ProjectModel } from '../model.js'
import { loadedPackages, packagesLoadedBy } from '../loadedPackages.js'
import { productionCode } from '../productionCode.js'
import { recordedOnce } from '../recorded.js'

/** True where multer reads uploads of the project. */
export function readsUploadsWithMulter(model: ProjectModel): boolean {
  return loadedPackages(model).has('multer')
}

/** True where error middleware, or code beside multer, tells its errors from others. */
export const knowsMulterErrors = recordedOnce((model): boolean =>
  productionCode(model).some(({ file, functions }) => {
    const isBeside = packagesLoadedBy(model, file).includes('multer')
    return Object.values(functions).some(({ arity, body }) => (isBeside || arity === 4) && namesError(body))
  }),
)

function namesError(facts: unknown): boolean {
  if (typeof facts === 'string') return facts === 'MulterError' || facts === 'LIMIT_FILE_SIZE'
  return typeof facts === 'object' && facts !== null && Object.values(facts).some(namesError)
}
