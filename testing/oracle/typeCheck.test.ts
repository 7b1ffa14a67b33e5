// The compiler in this process, and the fixture applications that it must accept.
import { expect, test } from 'vitest'
import { fixtureFolder, fixtureNames, readFixture } from './fixture.js'
import { applicationTexts, fixtureOf } from './inlineApplication.js'
import { stageApplication } from './stage.js'
import { typeErrors } from './typeCheck.js'

/** Most of it is parsing the types of the frameworks, in all their versions. */
const TIMEOUT = 240_000

test('every fixture application type-checks', { timeout: TIMEOUT }, () => {
  const errors = fixtureNames().flatMap((name) => {
    const stage = stageApplication(fixtureFolder(name), readFixture(fixtureFolder(name)), 5)
    try {
      return typeErrors(stage.folder).map((error) => `${name} ${error}`)
    } finally {
      stage.remove()
    }
  })
  expect(errors).toEqual([])
})

test('an inline application gets a package.json of what it imports, and its type errors have their place', () => {
  const application = {
    app: `
      //- /src/server.ts
      import express from 'express'
      import helmet from 'helmet'
      import { readFileSync } from 'node:fs'
      const app = express()
      app.use(helmet({ hsts: 'yes' }))
      app.listen(readFileSync.missing)
    `,
  }
  const texts = applicationTexts(application, 4)
  expect(JSON.parse(texts.get('package.json') ?? '')).toMatchObject({
    type: 'module',
    scripts: { start: 'tsx src/server.ts' },
    dependencies: { express: '^4.22.3', helmet: '*' },
  })
  const stage = stageApplication(texts, fixtureOf(application, texts), 4)
  try {
    expect(typeErrors(stage.folder).map((error) => error.split(' ')[0])).toEqual(['src/server.ts:5', 'src/server.ts:6'])
  } finally {
    stage.remove()
  }
})
