// Which files small projects declare to start.
import { expect, test } from 'vitest'
import { packageAt } from '../../testing/packageAt.js'
import { extractFacts } from '../extract/extractFacts.js'
import type { DeploymentFacts } from '../extract/facts.js'
import type { PackageFacts } from '../model/model.js'
import { declaredEntries } from './declaredEntries.js'
import { createResolver } from './resolveModule.js'
import type { TsconfigFacts } from './resolveModule.js'
import { scriptFiles } from './scriptFiles.js'

function project(texts: Readonly<Record<string, string>>, packages: readonly PackageFacts[], tsconfigs: readonly TsconfigFacts[] = []) {
  const files = new Map(Object.entries(texts).map(([file, text]) => [file, extractFacts(file, text)]))
  const deployment = [...files.values()].filter((facts): facts is DeploymentFacts => facts.kind === 'deployment')
  const resolve = createResolver(new Set(files.keys()), { packages, tsconfigs })
  return { files, packages, deployment, resolve }
}

/** Entries as `file`, those of developers with a question mark. */
function entries(...args: Parameters<typeof project>): readonly string[] {
  const { files, packages, deployment, resolve } = project(...args)
  return declaredEntries(files, packages, deployment, resolve).map(({ file, isProduction }) => (isProduction ? file : `${file}?`))
}

test('start counts before dev, and tests, seeds and builds never', () => {
  const scripts = {
    start: 'node dist/index.js',
    dev: 'tsx watch src/dev.ts',
    seed: 'node src/seed.js',
    'test:api': 'node src/t.js',
    build: 'node build.js',
  }
  const texts = { 'src/index.ts': '', 'src/dev.ts': '', 'src/seed.js': '', 'src/t.js': '', 'build.js': '' }
  expect(entries(texts, [packageAt('', { scripts })])).toEqual(['src/index.ts', 'src/dev.ts?'])
})

test('scripts lead to scripts, in circles too', () => {
  const scripts = { start: 'npm run start:server', 'start:server': 'npm start && node a.js', dev: 'npm run dev' }
  expect(entries({ 'a.js': '' }, [packageAt('', { scripts })])).toEqual(['a.js'])
})

test('main counts only where nothing else is declared', () => {
  expect(entries({ 'app.js': '' }, [packageAt('', { main: 'app.js' })])).toEqual(['app.js?'])
  expect(entries({ 'app.js': '', 'www.js': '' }, [packageAt('', { main: 'app.js', scripts: { start: 'node www' } })])).toEqual(['www.js'])
})

test('nodemon alone reads its own file, then main', () => {
  const nodemon = packageAt('', { scripts: { start: 'nodemon' }, main: 'main.js' })
  expect(entries({ 'nodemon.json': '{"exec": "ts-node ./src/app.ts"}', 'src/app.ts': '', 'main.js': '' }, [nodemon])).toEqual([
    'src/app.ts',
  ])
  expect(entries({ 'main.js': '' }, [nodemon])).toEqual(['main.js'])
})

test('applications of PM2, as JSON and as a module', () => {
  const start = packageAt('', { scripts: { start: 'pm2 start ecosystem.config.json' } })
  expect(entries({ 'ecosystem.config.json': '{"apps": [{"script": "src/index.js"}]}', 'src/index.js': '' }, [start])).toEqual([
    'src/index.js',
  ])
  const module =
    'const apps = [{ script: "./a.js" }, { script: "b.js", cwd: "./api" }, { script: "npm", args: "run serve" }]\nmodule.exports = { apps }'
  const serve = packageAt('', { scripts: { serve: 'node c.js' } })
  expect(entries({ 'ecosystem.config.js': module, 'a.js': '', 'api/b.js': '', 'c.js': '' }, [serve]).toSorted()).toEqual([
    'a.js',
    'api/b.js',
    'c.js',
  ])
})

test('a Dockerfile: every stage, ENTRYPOINT before CMD, its working folder', () => {
  const docker =
    'FROM node AS build\nRUN npm run build\nFROM node\nWORKDIR /usr/src/app\nENTRYPOINT ["dumb-init", "--"]\nCMD ["node", "/usr/src/app/dist/server.js"]\n'
  expect(entries({ Dockerfile: docker, 'src/server.ts': '' }, [packageAt('')])).toEqual(['src/server.ts'])
  const nested = 'FROM node\nWORKDIR /app/packages/api\nCMD npm run migrate && npm start\n'
  const packages = [
    packageAt('', { scripts: { start: 'node root.js' } }),
    packageAt('packages/api', { scripts: { start: 'node api.js', migrate: 'node m.js' } }),
  ]
  const found = entries({ Dockerfile: nested, 'root.js': '', 'packages/api/api.js': '', 'packages/api/m.js': '' }, packages)
  expect(found).toEqual(['packages/api/api.js', 'root.js'])
})

test('stages and files for tests start nothing, those for development rank lower', () => {
  const docker =
    'FROM node AS test\nCMD ["node", "t.js"]\nFROM node AS development\nCMD ["node", "d.js"]\nFROM node AS release\nCMD ["node", "r.js"]\nFROM release AS slim\nUSER node\n'
  expect(entries({ Dockerfile: docker, 't.js': '', 'd.js': '', 'r.js': '' }, [packageAt('')])).toEqual(['r.js', 'd.js?'])
})

test('Procfile, compose, render, serverless', () => {
  const texts = {
    Procfile: 'web: node web.js\nrelease: node release.js\n',
    'docker-compose.yml': 'services:\n  api:\n    build: ./api\n    command: ["node", "index.js"]\n  db:\n    image: postgres\n',
    'docker-compose.test.yml': 'services:\n  api:\n    command: node tests.js\n',
    'render.yaml': 'services:\n  - type: web\n    startCommand: node render.js\n',
    'serverless.yml': 'functions:\n  api:\n    handler: src/lambda.handler\n',
    'web.js': '',
    'release.js': '',
    'tests.js': '',
    'render.js': '',
    'api/index.js': '',
    'src/lambda.ts': '',
  }
  expect(entries(texts, [packageAt('')]).toSorted()).toEqual(['api/index.js', 'render.js', 'src/lambda.ts', 'web.js'])
})

test('commands of an oclif command line', () => {
  const item = packageAt('', { oclifCommands: './dist/commands', bin: ['./bin/run'], scripts: { start: 'cd bin && ./run start' } })
  const texts = { 'bin/run': "#!/usr/bin/env node\nrequire('@oclif/core').run()", 'src/commands/start.ts': '', 'src/commands/user.ts': '' }
  expect(entries(texts, [item])).toEqual(['src/commands/start.ts', 'src/commands/user.ts?'])
})

test('files of other scripts are known as scripts', () => {
  const scripts = { start: 'node a.js', 'db:reset': 'node tools/reset.js', release: 'node tools/release.mjs' }
  const { files, packages, resolve } = project({ 'a.js': '', 'tools/reset.js': '', 'tools/release.mjs': '' }, [packageAt('', { scripts })])
  expect([...scriptFiles(files, packages, resolve)]).toEqual(['tools/reset.js', 'tools/release.mjs'])
})

test('scripts lead to what they start, and one that waits to what it is handed', () => {
  const wait = 'while [ $# -gt 0 ]; do case "$1" in --) shift; CLI=("$@"); break ;; *) shift ;; esac; done\nexec "${CLI[@]}"'
  const texts = {
    'docker/wait.sh': wait,
    'docker/start.sh': 'cd "$(dirname "$0")/.."\nexec node "$1.js"',
    Dockerfile: 'FROM node\nWORKDIR /srv\nCOPY . .\nENTRYPOINT ["tini", "--", "./docker/wait.sh", "db:5432", "--"]\nCMD ["node", "a.js"]',
    'compose.yml': 'services:\n  b:\n    build: .\n    command: ["sh", "docker/start.sh", "b"]',
    Procfile: 'web: bash docker/start.sh c',
    'a.js': '',
    'b.js': '',
    'c.js': '',
    'd.js': '',
  }
  expect(entries(texts, [packageAt('', { scripts: { start: './docker/start.sh d' } })])).toEqual(['a.js', 'b.js', 'c.js', 'd.js'])
})

test('containers of Kubernetes with commands of their own', () => {
  const manifest = (container: string): string =>
    `kind: Deployment\nspec:\n  template:\n    spec:\n      initContainers:\n        - command: [node, seed.js]\n      containers:\n        - name: a\n${container}\n`
  const files = { 'a.js': '', 'b.js': '', 'seed.js': '' }
  const none = packageAt('', {})
  expect(entries({ ...files, 'k8s/a.yaml': manifest('          command: [node]\n          args: ["a.js", "--now"]') }, [none])).toEqual([
    'a.js',
  ])
  expect(entries({ ...files, 'k8s/a.yaml': manifest('          command: ["sh", "-c", "exec node b.js"]') }, [none])).toEqual(['b.js'])
  expect(entries({ ...files, 'k8s/a.yaml': manifest('          args: ["--verbose"]') }, [none])).toEqual([])
})
