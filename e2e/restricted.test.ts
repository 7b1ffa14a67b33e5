// A folder that nobody trusts: the extension works, and runs nothing of it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { APPLICATION } from './application.js'
import { openWorkbench } from './workbench.js'

/** Leaves a file behind wherever it is run. */
const TRAP = "require('fs').writeFileSync(require('path').join(__dirname, 'executed'), '')\n"

test('in restricted mode findings are shown and nothing of the workspace is executed', async () => {
  const traps = { 'parapet.config.js': TRAP, 'src/trap.js': TRAP, '.eslintrc.js': TRAP }
  const files = { ...APPLICATION, ...traps, 'src/app.js': `require('./trap')\n${APPLICATION['src/app.js'] ?? ''}` }
  const code = await openWorkbench({ mode: 'restricted', files })
  try {
    await code.page.locator('#status\\.workspaceTrust').waitFor()
    await code.openFile('src/app.js')
    await code.editor('src/app.js').locator('.squiggly-error').first().waitFor({ timeout: 60_000 })
    await code.problem('checks passwords without a rate limit')
    await code.screenshot('restricted')
    const executed = ['executed', 'src/executed'].filter((file) => existsSync(join(code.running.folder, file)))
    expect(executed).toEqual([])
  } finally {
    await code.close()
  }
})
