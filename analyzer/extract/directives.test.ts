// Comments that speak to Parapet.
import { expect, test } from 'vitest'
import { extractFacts } from './extractFacts.js'
import { directiveText } from './directives.js'

test.each([
  ['// parapet-ignore-next-line a -- b', 'parapet-ignore-next-line a -- b'],
  ['//parapet-ignore-file', 'parapet-ignore-file'],
  ['/* parapet-ignore a */', 'parapet-ignore a'],
  ['/**\n * parapet-ignore-start a\n * -- because\n */', 'parapet-ignore-start a -- because'],
  ['# parapet-ignore-line x', 'parapet-ignore-line x'],
  ['// see parapet-ignore', null],
  ['// parapet', null],
  ['/***/', null],
])('%s', (comment, text) => {
  expect(directiveText(comment)).toBe(text)
})

test('directives of source files have lines and say whether code stands before', () => {
  const facts = extractFacts('a.js', 'a() // parapet-ignore-line x\n  /* parapet-ignore y\n */ b()\n// other\n"// parapet-ignore z"')
  expect(facts.kind === 'source' && facts.directives.map(({ text, line, endLine, afterCode }) => [text, line, endLine, afterCode])).toEqual(
    [
      ['parapet-ignore-line x', 1, 1, true],
      ['parapet-ignore y', 2, 3, false],
    ],
  )
})

test('directives of other files', () => {
  const settings = extractFacts('compose.yml', 'a: 1 # parapet-ignore-line x\n  # parapet-ignore-next-line y -- z\nb: "#parapet-no"\n')
  expect(settings.kind === 'deployment' && settings.directives.map(({ text, line, afterCode }) => [text, line, afterCode])).toEqual([
    ['parapet-ignore-line x', 1, true],
    ['parapet-ignore-next-line y -- z', 2, false],
  ])
  const json = extractFacts('a.json', '{ // parapet-ignore-line x\n "a": "// parapet-ignore-line y" }')
  expect(json.kind === 'source' && json.directives.map(({ text, line, afterCode }) => [text, line, afterCode])).toEqual([
    ['parapet-ignore-line x', 1, true],
  ])
})
