// `npm run screenshots`: the pictures of the README, taken from the packaged extension in a real VS Code.
import { join } from 'node:path'
import { APPLICATION } from './application.js'
import { ROOT } from './launch.js'
import { openWorkbench } from './workbench.js'

const code = await openWorkbench({
  files: APPLICATION,
  settings: { 'problems.defaultViewMode': 'tree', 'workbench.activityBar.location': 'hidden', 'editor.fontSize': 14 },
})
const take = (name: string): Promise<Buffer> => code.page.screenshot({ path: join(ROOT, 'docs', name) })
try {
  await code.page.setViewportSize({ width: 1200, height: 700 })
  await code.openFile('src/routes/users.js')
  await code.editor('src/routes/users.js').locator('.squiggly-error').first().waitFor({ timeout: 60_000 })
  await code.problem('Nothing sets security headers')
  await code.openFile('src/routes/users.js')
  await code.gotoLine(11, 1)
  await take('editor-problems.png')
  await code.gotoLine(15, 30)
  await code.quickFixes()
  await take('editor-quick-fix.png')
} finally {
  await code.close()
}
