// The files that `init` writes.
import { VERSION } from './version.js'

export interface InitPlace {
  /** From the root of the repository to the project; '' for the repository itself. */
  readonly folder: string
  /** The baseline from the root of the repository; null without one. */
  readonly baseline: string | null
}

/** The configuration: little, since the defaults are meant to be right. */
export function configurationText(preset: 'recommended' | 'strict', schema: string): string {
  return `${JSON.stringify({ $schema: schema, preset }, null, 2)}\n`
}

/** A pull request is told what it introduces, a push what there is. */
export function githubWorkflow(place: InitPlace): string {
  return `name: Parapet
on:
  pull_request:
  push:
    branches: [main, master]
permissions:
  contents: read
  # To show findings under Security; remove it together with the last step.
  security-events: write
jobs:
  parapet:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          # The comparison needs the commit from which a pull request started.
          fetch-depth: 0
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - name: Check what a pull request changes
        if: github.event_name == 'pull_request'
        env:
          BASE: origin/\${{ github.base_ref }}
        run: ${command(place, ['--since "$BASE"'])} --format github --format sarif=parapet.sarif
      - name: Check everything
        if: github.event_name != 'pull_request'
        run: ${command(place, [])} --format github --format sarif=parapet.sarif
      - uses: github/codeql-action/upload-sarif@v3
        if: always() && hashFiles('parapet.sarif') != ''
        with:
          sarif_file: parapet.sarif
`
}

/** To be included by .gitlab-ci.yml. */
export function gitlabJob(place: InitPlace): string {
  return `parapet:
  stage: test
  image: node:22
  variables:
    # The comparison needs the commit from which a merge request started.
    GIT_DEPTH: '0'
  rules:
    - if: $CI_PIPELINE_SOURCE == 'merge_request_event'
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  before_script:
    - if [ -n "$CI_MERGE_REQUEST_DIFF_BASE_SHA" ]; then SINCE="--since $CI_MERGE_REQUEST_DIFF_BASE_SHA"; fi
  script:
    - ${command(place, ['$SINCE'])} --format pretty --format gitlab=gl-code-quality-report.json --format junit=parapet-junit.xml
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
      junit: parapet-junit.xml
`
}

/** For the pre-commit framework. */
export function preCommitConfiguration(place: InitPlace): string {
  return `repos:
  - repo: local
    hooks:
      - id: parapet
        name: parapet
        entry: ${command(place, ['--staged'])} --quiet
        language: system
        types_or: [javascript, jsx, ts, tsx, json, yaml, dockerfile]
        pass_filenames: false
`
}

/** A line for a hook of husky. */
export function huskyLine(place: InitPlace): string {
  return `${command(place, ['--staged'])} --quiet\n`
}

function command({ folder, baseline }: InitPlace, options: readonly string[]): string {
  return [
    // The version that was tried here, and not whatever is published under the name some day.
    `npx --yes parapet@${VERSION} check`,
    ...(folder === '' ? [] : [quoted(folder)]),
    ...options,
    ...(baseline === null ? [] : [`--baseline ${quoted(baseline)}`]),
  ].join(' ')
}

/** Names with blanks or signs of the shell stand in quotes. */
export function quoted(path: string): string {
  return /^[\w./@-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`
}
