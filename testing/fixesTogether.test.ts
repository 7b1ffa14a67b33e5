// Fixes of several rules at once, where one has to know of what another adds.
import { expect, test } from 'vitest'
import { fixAll } from '../analyzer/fixAll.js'
import health from '../rules/require-health-check/rule.js'
import limits from '../rules/require-rate-limit/rule.js'
import { parseFixture } from './fixture.js'
import { configurationOf } from './model.js'
import { nestFixture } from './nestFixture.js'
import { loadTexts } from './project.js'

test('a probe that one fix adds is left out of the limit that another adds', () => {
  const { input, text } = loadTexts(
    parseFixture(
      nestFixture(`//- /app.module.ts
import { Controller, Get, Module } from '@nestjs/common'

@Controller('notes')
export class NotesController {
  @Get()
  list() {
    return []
  }
}

@Module({ controllers: [NotesController] })
export class AppModule {}
`),
    ).files,
  )
  const { texts } = fixAll(input, [health, limits], {
    configuration: configurationOf({}),
    only: [health.id, limits.id],
    grade: 'suggestion',
    fits: () => true,
    text,
  })
  expect(texts.get('health.controller.ts')).toContain('  @SkipThrottle()\n  @Get()')
  expect(texts.get('app.module.ts')).toContain('useClass: ThrottlerGuard')
})
