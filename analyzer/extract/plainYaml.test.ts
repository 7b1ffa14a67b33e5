// What is read as plain YAML means what the full parser says, to the offset.
import { expect, test } from 'vitest'
import type { DeploymentDraft } from './deploymentDraft.js'
import { readPlainYaml } from './plainYaml.js'
import { readWholeYaml } from './yaml.js'

const COMPOSE = `# What runs
services:
  api:
    image: "shop:1"   # built here
    command: ['node', "server.js", --port, 80:80]
    environment:
      - NODE_ENV=production
      - 'QUOTED=it''s'
    ports: []
    labels: {}
    empty:
    none: ~
    logging: { driver: json-file, 'max-size': "10m" }
  "db":
    healthcheck:
      test:
        [
          "CMD",
          pg_isready,
        ]
    deploy:
      replicas: 2
`
const WORKFLOW = `---
on:
  push:
    branches: [main]
jobs:
  build:
    steps:
    - uses: actions/checkout@v4
      with:
        fetch-depth: 0

    - name: Test it
      run: |
        npm ci

        npm test
          --silent
    - run: >-
        npm run
        build
    -
      name: a/{b}
    - /paths/{id}: x
    -
`

function drafts(text: string): { readonly plain: DeploymentDraft | null; readonly whole: DeploymentDraft; readonly fault: unknown } {
  const plain: DeploymentDraft = { entries: [], spans: [] }
  const whole: DeploymentDraft = { entries: [], spans: [] }
  return { plain: readPlainYaml(text, plain) ? plain : null, fault: readWholeYaml(text, whole), whole }
}

test.each([
  ['a container', COMPOSE],
  ['a workflow', WORKFLOW],
  ['lines of a text up to the end', 'a: |\n  b'],
  ['a list at the top', '- a\n- b: c\n  d: e\n'],
])('%s', (_, text) => {
  const { plain, whole, fault } = drafts(text)
  expect(fault).toBeNull()
  expect(plain).toEqual(whole)
})

test.each([
  'a: &b 1\nc: *b\n',
  '<<: {}\n',
  'a: "\\n"\n',
  'a: b\n  c\n',
  'a\n',
  '? a\n',
  'a: !b c\n',
  '---\na: 1\n---\nb: 2\n',
  '\ta: 1\n',
  '',
])('the full parser reads %j', (text) => {
  expect(readPlainYaml(text, { entries: [], spans: [] })).toBe(false)
})

const SIGNS = [
  ' ',
  '\n',
  '\n  ',
  ':',
  ': ',
  '- ',
  '#',
  ' #',
  "'",
  '"',
  '[',
  ']',
  '{',
  '}',
  ',',
  '|',
  '>',
  '~',
  '&',
  '*',
  '!',
  '?',
  '\\',
  '%',
  '',
]

test.each([COMPOSE, WORKFLOW])('wherever a sign is put or taken away, both agree or the full one decides (%#)', (text) => {
  let plainOnes = 0
  for (let at = 0; at <= text.length; at++) {
    const sign = SIGNS[at % SIGNS.length] ?? ''
    for (const taken of [0, 1]) {
      const { plain, whole, fault } = drafts(text.slice(0, at) + sign + text.slice(at + taken))
      if (plain === null) continue
      plainOnes++
      expect({ ...plain, fault, at, sign, taken }).toEqual({ ...whole, fault: null, at, sign, taken })
    }
  }
  expect(plainOnes).toBeGreaterThan(text.length / 2)
})
