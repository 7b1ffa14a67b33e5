// The examples on the page of a rule.
import { expect, test } from 'vitest'
import { parseRulePage } from './readme.js'

const page = `# no-x

One sentence
over two lines.

## Why it matters

\`\`\`js
notAnExample()
\`\`\`

## Incorrect

\`\`\`js file=app.js
a()
\`\`\`

\`\`\`json file=package.json
{}
\`\`\`

In TypeScript:

\`\`\`ts
b()
\`\`\`

## Correct

\`\`\`js file=app.js
c()
\`\`\`
\`\`\`js file=app.js
d()
\`\`\`
`

test('a page has a title, a summary and headings', () => {
  expect(parseRulePage(page)).toMatchObject({
    title: 'no-x',
    summary: 'One sentence over two lines.',
    headings: ['Why it matters', 'Incorrect', 'Correct'],
  })
})

test('fences that stand together are one example, text or a repeated name starts another', () => {
  const { incorrect, correct } = parseRulePage(page)
  expect(incorrect.map(({ files }) => [...files.keys()].sort())).toEqual([
    ['app.js', 'package.json'],
    ['app.ts', 'package.json'],
  ])
  expect(incorrect[0]?.files.get('package.json')).toBe('{}\n')
  expect(incorrect[0]?.line).toBe(14)
  expect(correct.map(({ files }) => files.get('app.js'))).toEqual(['c()\n', 'd()\n'])
})
