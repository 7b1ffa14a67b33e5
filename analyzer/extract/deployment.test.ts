// Deployment files of every format, as facts.
import { expect, test } from 'vitest'
import { settingsOf, stretchesOf } from '../../testing/deploymentShape.js'
import { deploymentFormat } from './deploymentFormat.js'
import { extractFacts } from './extractFacts.js'

test.each([
  ['.env', 'env'],
  ['api/.env.production', 'env'],
  ['config/db.env', 'env'],
  ['Dockerfile', 'dockerfile'],
  ['docker/Dockerfile.prod', 'dockerfile'],
  ['api.dockerfile', 'dockerfile'],
  ['docker-compose.yml', 'yaml'],
  ['k8s/app.yaml', 'yaml'],
  ['fly.toml', 'toml'],
  ['Procfile', 'procfile'],
  ['deploy/nginx.conf', 'nginx'],
  ['deploy/shop.service', 'systemd'],
  ['apps/api/.npmrc', 'npmrc'],
  ['npmrc', null],
  ['views/error.ejs', 'ejs'],
  ['views/layouts/main.hbs', 'handlebars'],
  ['views/error.pug', 'pug'],
  ['src/user.service.ts', null],
  ['src/environment.ts', null],
  ['ecosystem.config.js', null],
])('%s is %s', (file, format) => {
  expect(deploymentFormat(file)).toBe(format)
})

test('env', () => {
  const text = [
    '# comment',
    'PLAIN=value # comment',
    'export SPACED = a b ',
    "SINGLE='x # y'",
    'DOUBLE="line\\nnext" # c',
    'EMPTY=',
    'HASH=a#b',
    'URL=postgres://u:p@h/d?x=1',
    'KEY="-----BEGIN\nMIIE\n-----END"',
    'LAST=1',
  ].join('\n')
  expect(settingsOf('.env', text)).toEqual([
    'PLAIN = value',
    'SPACED = a b',
    'SINGLE = x # y',
    'DOUBLE = line\nnext',
    'EMPTY = ',
    'HASH = a#b',
    'URL = postgres://u:p@h/d?x=1',
    'KEY = -----BEGIN\nMIIE\n-----END',
    'LAST = 1',
  ])
  expect(stretchesOf('.env', text).slice(0, 3)).toEqual(['PLAIN=value', 'SPACED = a b', "SINGLE='x # y'"])
  expect(settingsOf('.env', 'A=1\r\nB="2"\r\n')).toEqual(['A = 1', 'B = 2'])
})

test('an open quote ends with its line', () => {
  expect(settingsOf('.env', 'A="open\nB=1')).toEqual(['A = "open', 'B = 1'])
})

test('Dockerfile', () => {
  const text =
    'ARG V=20\nFROM node:$V AS build\nRUN a && \\\n  # why\n\n  b\nfrom node\nENV A=1 \\\n    B=2\nRUN <<EOF\nc\nEOF\nUSER node\nCMD ["node", "x"]'
  expect(settingsOf('Dockerfile', text)).toEqual([
    '0.ARG = V=20',
    '0.FROM = node:$V AS build',
    '0.RUN = a && b',
    '1.FROM = node',
    '1.ENV = A=1 B=2',
    '1.RUN = <<EOF\nc',
    '1.USER = node',
    '1.CMD = ["node", "x"]',
  ])
  expect(stretchesOf('Dockerfile', text)[4]).toBe('ENV A=1 \\\n    B=2')
  expect(settingsOf('Dockerfile', 'RUN a \\')).toEqual(['0.RUN = a'])
})

test('YAML', () => {
  const text =
    'x: &base\n  a: 1\n  b: "two"\nservices:\n  api:\n    <<: *base\n    ports: ["80:80", 0644]\n    none: ~\n    text: |\n      p\n      q\n    ref: *base\n'
  expect(settingsOf('compose.yml', text)).toEqual([
    'x.a = 1',
    'x.b = two',
    'services.api.a = 1',
    'services.api.b = two',
    'services.api.ports.0 = 80:80',
    'services.api.ports.1 = 0644',
    'services.api.none = ',
    'services.api.text = p\nq\n',
    'services.api.ref.a = 1',
    'services.api.ref.b = two',
  ])
  expect(stretchesOf('compose.yml', text).slice(0, 2)).toEqual(['a: 1', 'b: "two"'])
})

test('YAML of several documents starts keys with their number', () => {
  expect(settingsOf('k.yaml', 'a: 1\n---\na: 2\n')).toEqual(['0.a = 1', '1.a = 2'])
})

test('YAML that is broken, empty, circular or explosive', () => {
  expect(extractFacts('a.yml', 'a: [1\nb: }')).toMatchObject({ kind: 'unparsed', line: 2 })
  expect(settingsOf('a.yml', '')).toEqual([])
  expect(settingsOf('a.yml', 'a: &a [1, *a]')).toEqual(['a.0 = 1', 'a.1.0 = 1'])
  const levels = Array.from({ length: 30 }, (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(9)}*l${level}]`)
  expect(settingsOf('a.yml', ['l0: &l0 [x]', ...levels].join('\n')).length).toBeLessThan(60_000)
})

test('TOML', () => {
  const text = [
    'app = "x" # c',
    "path = 'c:\\d'",
    '[env]',
    'PORT = "80\\"80"',
    'a."b c".d = 0x1F',
    'when = 1979-05-27 07:32:00',
    'long = """',
    'one',
    'two"""',
    '[[services]]',
    'ports = [80, # c',
    ' { handlers = ["http"], port = 1 },]',
    '[[services.checks]]',
    'type = "tcp"',
    '[[services]]',
    'on = true',
  ].join('\n')
  expect(settingsOf('fly.toml', text)).toEqual([
    'app = x',
    'path = c:\\d',
    'env.PORT = 80"80',
    'env.a.b c.d = 0x1F',
    'env.when = 1979-05-27 07:32:00',
    'env.long = one\ntwo',
    'services.0.ports.0 = 80',
    'services.0.ports.1.handlers.0 = http',
    'services.0.ports.1.port = 1',
    'services.0.checks.0.type = tcp',
    'services.1.on = true',
  ])
  expect(stretchesOf('fly.toml', text)[0]).toBe('app = "x"')
  expect(extractFacts('fly.toml', 'a = 1\nb = = 2')).toMatchObject({ kind: 'unparsed', message: 'not TOML', line: 2, column: 5 })
})

test('Procfile', () => {
  expect(settingsOf('Procfile', 'web: node server.js --a:b\n# c\nworker-1: npm run work ')).toEqual([
    'web = node server.js --a:b',
    'worker-1 = npm run work',
  ])
})

test('nginx', () => {
  const text =
    'http {\n  server { listen 443 ssl; # c\n add_header X-Frame-Options "SAME ORIGIN" always; location ~ \\.php$ { limit_req zone=a; }\n } }'
  expect(settingsOf('nginx.conf', text)).toEqual([
    'http = ',
    'server = ',
    'listen = 443 ssl',
    'add_header = X-Frame-Options SAME ORIGIN always',
    'location = ~ \\.php$',
    'limit_req = zone=a',
    '} = ',
    '} = ',
    '} = ',
  ])
  expect(stretchesOf('nginx.conf', text)[2]).toBe('listen 443 ssl')
})

test('a chart of Helm, which YAML is made from', () => {
  const text = 'kind: {{ .Values.kind }}\n{{- if .Values.many }}\nreplicas: 3\n{{- end }}\nnames:\n  {{ include "names" . }}\n'
  expect(settingsOf('templates/app.yaml', text)).toEqual(['kind = __________________', 'replicas = 3', 'names = '])
  expect(stretchesOf('templates/app.yaml', text)[1]).toBe('replicas: 3')
  expect(extractFacts('templates/app.yaml', 'a: {{ b\n- {{ c }}').kind).toBe('deployment')
  expect(extractFacts('app.yaml', 'a: [').kind).toBe('unparsed')
})

const many = 20_000

test.each([
  ['a.yml', '['.repeat(many), 'unparsed'],
  ['a.yml', 'a: &a\n'.repeat(2_000), 'deployment'],
  ['a.yml', `a: [${'{{'.repeat(many)}`, 'deployment'],
  ['a.yml', `- [\n${'{{}}'.repeat(many / 4)}x`, 'deployment'],
  ['a.yml', '<<: *a\n'.repeat(2_000), 'deployment'],
  ['a.toml', 'a=' + '['.repeat(many), 'unparsed'],
  ['a.toml', '"""'.repeat(many), 'unparsed'],
  ['nginx.conf', '\\"${'.repeat(many), 'deployment'],
  ['nginx.conf', 'a{'.repeat(many), 'deployment'],
  ['Dockerfile', 'RUN a <<E\n'.repeat(many), 'deployment'],
  ['Dockerfile', 'RUN a \\\n'.repeat(many), 'deployment'],
  ['.env', 'A="'.repeat(many), 'deployment'],
  ['Procfile', 'a:'.repeat(many), 'deployment'],
  ['a.ejs', '<% a. '.repeat(many), 'deployment'],
  ['a.ejs', `<%${' if ('.repeat(many)}%>`, 'deployment'],
  ['a.hbs', '{{!--'.repeat(many), 'deployment'],
  ['a.pug', 'a: b(#{'.repeat(many), 'deployment'],
])('hostile %s is read without delay', (file, text, kind) => {
  const started = process.cpuUsage()
  expect(extractFacts(file, text).kind).toBe(kind)
  // Each takes well under a second of processor time; in quadratic time they took between five seconds and minutes.
  expect(process.cpuUsage(started).user / 1_000).toBeLessThan(4_000)
})

test('systemd', () => {
  const text =
    '[Unit]\nDescription=A=b\n; x=1\n# y=2\n[Service]\nEnvironment=A=1 "B=2 3"\nEnvironment=\nExecStart=/usr/bin/node \\\n  dist/main.js\r\nUser = shop\n'
  expect(settingsOf('shop.service', text)).toEqual([
    'Unit.Description = A=b',
    'Service.Environment.A = 1',
    'Service.Environment.B = 2 3',
    'Service.ExecStart = /usr/bin/node    dist/main.js',
    'Service.User = shop',
  ])
  expect(stretchesOf('shop.service', text).at(-1)).toBe('User = shop')
})

test('npmrc', () => {
  const text =
    '; a=1\n# b=2\nregistry = https://npm.shop.test/\n//npm.shop.test/:_authToken="a=b"\r\nlegacy-peer-deps\n[section]\n@shop:registry=\n'
  expect(settingsOf('.npmrc', text)).toEqual([
    'registry = https://npm.shop.test/',
    '//npm.shop.test/:_authToken = a=b',
    '@shop:registry = ',
  ])
  expect(stretchesOf('.npmrc', text)[1]).toBe('//npm.shop.test/:_authToken="a=b"')
})
