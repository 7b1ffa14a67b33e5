// The three files of a new rule.

/** File names and texts. The test fails until `check` reports what the fixture marks. */
export function ruleTemplate(id: string): Map<string, string> {
  return new Map([
    ['rule.ts', ruleText(id)],
    ['rule.test.ts', testText(id)],
    ['README.md', pageText(id)],
  ])
}

const summary = 'One sentence that says what must hold.'

function ruleText(id: string): string {
  return `// ${summary}
import { cwe, defineRule } from '../../analyzer/check/rule.js'

export default defineRule({
  id: '${id}',
  summary: '${summary}',
  category: 'operations',
  severity: 'warning',
  presets: ['strict'],
  frameworks: ['express'],
  references: [cwe(693)],
  messages: {
    missing: {
      what: 'What is wrong here, in under 90 characters.',
      why: 'What happens in production because of it.',
      how: 'What to do about it.',
    },
  },
  *check(model) {
    for (const app of model.apps) {
      if (app.listeners.length > 0) continue
      yield { message: 'missing', at: app.at, confidence: 'high' }
    }
  },
})
`
}

function testText(id: string): string {
  return `// Tests of ${id}.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import rule from './rule.js'

test('an application without it is reported', () => {
  check(
    rule,
    \`
    //- /app.ts
    import express from 'express'
    const app = express()
    //          ^^^^^^^^^ [high] What is wrong here
    app.listen(3000)
  \`,
  )
})

test('an application that has it is not', () => {
  check(
    rule,
    \`
    //- /app.ts
    import express from 'express'
    const app = express()
    app.listen(3000)
  \`,
  )
})
`
}

function pageText(id: string): string {
  return `# ${id}

${summary}

## Why it matters

What happens in production, with the behaviour of the framework as it is documented.

## Incorrect

\`\`\`js file=app.js
import express from 'express'

const app = express()
app.listen(3000)
\`\`\`

## Correct

\`\`\`js file=app.js
import express from 'express'

const app = express()
app.listen(3000)
\`\`\`

## When to turn it off

Where something else takes care of it; say what.

## What it cannot see

What stays outside: other processes, values that are known at run time only.
`
}
