// Paths of the boot are those that Node makes of the same parts.
import { posix } from 'node:path'
import { expect, test } from 'vitest'
import type { CallSite } from './machine.js'
import { pathFunction } from './nodePaths.js'
import { literal } from './values.js'

const at = { file: 'a.js', fn: '', node: 0 }

test.each<[keyof typeof posix, readonly string[]]>([
  ['join', ['/app', 'routes', 'v1']],
  ['join', ['/app', '/../routes/']],
  ['join', ['/app/src', './routes//', './']],
  ['join', ['routes', '..', '..', 'lib']],
  ['normalize', ['/app//routes/./v1/']],
  ['dirname', ['/app/routes/users.js']],
  ['dirname', ['/app/routes/']],
  ['dirname', ['users.js']],
  ['basename', ['/app/routes/users.js', '.js']],
  ['basename', ['/app/routes/']],
  ['extname', ['/app/users.test.js']],
  ['extname', ['/app/.env']],
  ['relative', ['/app/routes', '/app/lib/a.js']],
  ['isAbsolute', ['/app']],
])('%s(%j)', (name, parts) => {
  const value = pathFunction(
    { at } as CallSite,
    name,
    parts.map((part) => literal(at, part)),
  )
  expect(value).toMatchObject({ kind: 'literal', value: (posix[name] as (...given: readonly string[]) => unknown)(...parts) })
})
