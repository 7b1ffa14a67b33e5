// `npm run package`: bundles the extension and writes parapet.vsix, which runs on every platform.
import { statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createVSIX } from '@vscode/vsce'
import { bundleExtension } from './extensionBundle.js'
import { thirdPartyNotices } from './thirdPartyNotices.js'

/** Bytes. The editor loads the extension on every machine that opens a server project. */
const LARGEST = 3_000_000

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const packagePath = join(root, 'parapet.vsix')

const inputs = await bundleExtension(root)
writeFileSync(join(root, 'dist', 'extension', 'ThirdPartyNotices.txt'), thirdPartyNotices(root, inputs))
await createVSIX({
  cwd: root,
  packagePath,
  // Everything is in the bundle.
  dependencies: false,
  readmePath: 'docs/editor.md',
  rewriteRelativeLinks: false,
  allowMissingRepository: true,
})
const { size } = statSync(packagePath)
if (size > LARGEST) throw new Error(`The package has ${size} bytes, more than ${LARGEST}.`)
