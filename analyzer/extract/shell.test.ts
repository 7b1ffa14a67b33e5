// Shell scripts as facts.
import { expect, test } from 'vitest'
import { settingsOf, stretchesOf } from '../../testing/deploymentShape.js'
import { deploymentFormat } from './deploymentFormat.js'
import { extractFacts } from './extractFacts.js'

function lines(...text: string[]): string[] {
  return settingsOf('start.sh', text.join('\n'))
}

test('which files are scripts', () => {
  const files = ['bin/start.sh', 'run.bash', 'docker/entrypoint', 'docker-entrypoint', 'src/entrypoint.ts', 'bin/www']
  expect(files.map((file) => deploymentFormat(file))).toEqual(['shell', 'shell', 'shell', 'shell', null, null])
  expect(extractFacts('bin/entrypoint', '#!/usr/bin/env node\nrun()').kind).toBe('source')
})

test('assignments, exports and commands', () => {
  expect(
    lines(
      '#!/bin/sh',
      'set -eu # stops',
      'PORT=80 HOST="a b"',
      'export NODE_ENV=production PORT',
      'declare -x A=1',
      ': "${B:=two}"',
      'export URL="$HOST:${PORT:-1}" # c',
      'C=1 exec node "my file.js" \\',
      '  --flag >log 2>&1',
    ),
  ).toEqual([
    'run = ["set", "-eu"]',
    'assign.PORT = 80',
    'assign.HOST = a b',
    'export.NODE_ENV = production',
    'export.PORT = $PORT',
    'export.A = 1',
    'assign.B = ${B:-two}',
    'export.URL = $HOST:${PORT:-1}',
    'run = ["C=1", "exec", "node", "my file.js", "--flag"]',
  ])
})

test('conditions, loops, cases and functions stand in front', () => {
  expect(
    lines(
      'if [ "$A" = b ]; then',
      '  one',
      'elif two; then three; else four; fi',
      'five && six || seven',
      'until nc -z db 1; do sleep 1; done',
      'for x in a b; do eight "$x"; done',
      'case "$1" in',
      '  start|serve) exec node a.js ;;',
      '  (*) exec "$@" ;;',
      'esac',
      'warm() { nine; }',
      'function cool { ten; }',
      '(cd x; eleven) | tee log &',
      'last',
    ),
  ).toEqual([
    'run = ["[", "$A", "=", "b", "]"]',
    'if [ "$A" = b ].run = ["one"]',
    'else [ "$A" = b ].run = ["two"]',
    'else [ "$A" = b ].if two.run = ["three"]',
    'else [ "$A" = b ].else two.run = ["four"]',
    'run = ["five"]',
    'and.run = ["six"]',
    'or.run = ["seven"]',
    'loop.run = ["nc", "-z", "db", "1"]',
    'loop.run = ["sleep", "1"]',
    'loop.run = ["eight", "$x"]',
    'case 0.$1.start|serve.arm = ',
    'case 0.$1.start|serve.run = ["exec", "node", "a.js"]',
    'case 0.$1.*.arm = ',
    'case 0.$1.*.run = ["exec", "$@"]',
    'function warm.run = ["nine"]',
    'function cool.run = ["ten"]',
    'background.pipe.subshell.run = ["cd", "x"]',
    'background.pipe.subshell.run = ["eleven"]',
    'background.pipe.run = ["tee", "log"]',
    'run = ["last"]',
  ])
})

test('quotes, expansions, comments and here-documents', () => {
  expect(
    lines('a \'x # y\' "p \\" q" b\\ c #d', 'b "$(c "d e" | f)" `g h` ${i:-j k}', 'cat <<EOF > file', 'export NO=1', 'EOF', 'end'),
  ).toEqual([
    'run = ["a", "x # y", "p \\" q", "b c"]',
    'run = ["b", "$(c \\"d e\\" | f)", "`g h`", "${i:-j k}"]',
    'run = ["cat"]',
    'run = ["end"]',
  ])
  expect(stretchesOf('a.sh', 'if x; then\r\n  export A="b c"\r\nfi')).toEqual(['x', 'A="b c"'])
})

test('what is broken is read as far as it goes', () => {
  expect(lines('fi', 'done )', 'run "open', 'export A=1')).toEqual(['run = ["run", "open\nexport A=1"]'])
  expect(lines('if a', 'then', 'f() {', 'case')).toEqual(['run = ["a"]'])
  expect(lines('cat <<EOF', 'run')).toEqual(['run = ["cat"]', 'run = ["run"]'])
  expect(extractFacts('a.sh', '('.repeat(50_000))).toMatchObject({ kind: 'unparsed' })
  expect(extractFacts('a.sh', '$('.repeat(50_000)).kind).toBe('unparsed')
})
