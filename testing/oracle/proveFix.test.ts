// The proof itself: it passes for a fix that works and says what is wrong with one that does not.
import { expect, test } from 'vitest'
import { defineRule, type Rule } from '../../analyzer/check/rule.js'
import { safeFix, type Editor } from '../../analyzer/fix/fix.js'
import type { App } from '../../analyzer/model/model.js'
import { proveFix, provenFix, type FixCase } from './proveFix.js'

const ruleWith = (edit: (editor: Editor, app: App) => void): Rule =>
  defineRule({
    id: 'test-powered-by',
    summary: 'Answers do not name the framework.',
    category: 'headers',
    severity: 'warning',
    presets: ['recommended'],
    frameworks: ['express'],
    references: [],
    messages: { sent: { what: 'The framework is named.', why: 'It tells what to attack.', how: 'Disable it.' } },
    *check(model) {
      for (const app of model.apps) {
        if (app.scope.settings.some(({ name }) => name === 'x-powered-by')) continue
        yield { message: 'sent', at: app.at, confidence: 'high', fix: safeFix('Disable x-powered-by', (editor) => edit(editor, app)) }
      }
    },
  })

const disable = (code: string): Rule => ruleWith((editor, app) => editor.insertAfter(app.at, `${editor.nameOf(app.scope) ?? 'app'}${code}`))

const fixCase: Omit<FixCase, 'rule'> = {
  app: `
    //- /server.ts
    import express from 'express'

    const app = express()
    app.get('/', (_req, res) => {
      res.json({ ok: true })
    })
    app.listen(process.env.PORT)
  `,
  honest: [{ method: 'GET', path: '/', status: 200 }],
  intended: ['x-powered-by'],
  weakness: async ({ get }) => (await get('/')).headers.has('x-powered-by'),
}

test('a fix that works is proven, and its result is there for more', async () => {
  const { after, finding } = await provenFix({ ...fixCase, rule: disable(`.disable('x-powered-by')`) })
  expect(finding.file).toBe('server.ts')
  expect(after.get('server.ts')).toContain("const app = express()\napp.disable('x-powered-by')\n")
})

test('a fix that does not help, breaks honest requests, changes more than it says, or does not type-check is refused', async () => {
  await expect(proveFix({ ...fixCase, rule: disable(`.set('x-powered-by', true)`) })).rejects.toThrow('the weakness after the fix')
  await expect(
    proveFix({ ...fixCase, rule: disable(`.set('x-powered-by', false).use((_req, res) => { res.sendStatus(404) })`) }),
  ).rejects.toThrow('honest requests after the fix')
  await expect(
    proveFix({ ...fixCase, rule: disable(`.set('x-powered-by', false).use((_req, res, next) => { res.set('X-More', '1'); next() })`) }),
  ).rejects.toThrow('a safe fix changes nothing but what it is for')
  await expect(proveFix({ ...fixCase, rule: disable(`.disable('x-powered-by', 5)`) })).rejects.toThrow('type errors after the fix')
})

test('a weakness that is not there before is no proof, and a case can ask whether the application starts', async () => {
  const weakness: FixCase['weakness'] = async ({ startsUnder }) => !(await startsUnder({ PORT: '4000' }))
  await expect(proveFix({ ...fixCase, rule: disable(`.disable('x-powered-by')`), weakness })).rejects.toThrow('the weakness before the fix')
})
