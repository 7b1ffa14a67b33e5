// Every rule that offers a fix has a case here that proves it on a running application; fixes of Dockerfiles are compared as text, since no image is built.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { rules } from '../../../rules/index.js'
import { repositoryRoot } from '../fixture.js'

const folder = path.join(repositoryRoot, 'testing/oracle/fixes')

test('every fixable rule is proven at run time', () => {
  const cases = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'))
  const unproven = rules.filter(
    ({ id, category }) => category !== 'deployment' && offersFix(id) && !cases.some((text) => text.includes(`rules/${id}/rule.js`)),
  )
  expect(unproven.map(({ id }) => id)).toEqual([])
})

test('every fix of a file of deployment is compared with what it should write', () => {
  const deployment = rules.filter(({ id, category }) => category === 'deployment' && offersFix(id))
  const uncompared = deployment.filter(
    ({ id }) => !/\bcheckFix\(/.test(readFileSync(path.join(repositoryRoot, 'rules', id, 'rule.test.ts'), 'utf8')),
  )
  expect(deployment).not.toEqual([])
  expect(uncompared.map(({ id }) => id)).toEqual([])
})

/** A rule whose text mentions no fix has none. */
function offersFix(id: string): boolean {
  return /\bfix\b/.test(readFileSync(path.join(repositoryRoot, 'rules', id, 'rule.ts'), 'utf8'))
}
