// A package.json of which a test says only what matters to it.
import type { PackageFacts } from '../analyzer/model/model.js'

/** The package in a folder ('' for the root), empty but for `rest`. */
export function packageAt(folder: string, rest: Partial<PackageFacts> = {}): PackageFacts {
  const empty = {
    name: null,
    version: null,
    dependencies: {},
    devDependencies: {},
    scripts: {},
    main: null,
    bin: [],
    isModule: false,
    locked: {},
  }
  return { folder, ...empty, ...rest }
}
