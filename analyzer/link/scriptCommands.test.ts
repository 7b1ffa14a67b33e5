// What shell scripts run, with the arguments that they get.
import { expect, test } from 'vitest'
import { deploymentOf } from '../../testing/deploymentShape.js'
import { scriptCommands } from './scriptCommands.js'

/** Each command as one line: its folder and words, `held` where the shell stays in front of it. */
function commands(text: string, ...args: string[]): readonly string[] {
  const found = scriptCommands(deploymentOf('docker/start.sh', text), ['docker/start.sh', ...args])
  return found.map(
    ({ words, folder, isHandedOver }) => `${folder === '' ? '' : `${folder}: `}${words.join(' ')}${isHandedOver ? '' : ' (held)'}`,
  )
}

test('arguments take the place of "$@", and exec hands over', () => {
  expect(commands('set -e\nexec "$@"', 'node', 'a.js')).toEqual(['node a.js'])
  expect(commands('"$@"', 'node', 'a.js')).toEqual(['node a.js (held)'])
  expect(commands('exec node "${1:-main.js}" $2', '')).toEqual(['node main.js '])
  expect(commands('node a.js &\nPID=$!\ntrap "kill -TERM $PID" TERM\nwait $PID')).toEqual(['node a.js'])
  expect(commands('exec node a.js | tee log')).toEqual(['node a.js (held)'])
})

test('what is exported stands in front', () => {
  expect(commands('export NODE_ENV=production\nPORT=1\nexec node a.js')).toEqual(['NODE_ENV=production node a.js'])
  expect(commands(': "${NODE_ENV:=production}"\nexport NODE_ENV\nnode a.js')).toEqual(['NODE_ENV=production node a.js (held)'])
  expect(commands('NODE_ENV=production exec node a.js')).toEqual(['NODE_ENV=production node a.js'])
  expect(commands('export KEY="$(cat /run/key)"\nexec node a.js')).toEqual(['node a.js'])
})

test('what stands behind exec and exit is not reached', () => {
  expect(commands('exec node a.js\nnode b.js')).toEqual(['node a.js'])
  expect(commands('if x; then exec node a.js; fi\nexec node b.js')).toEqual(['x (held)', 'node a.js', 'node b.js'])
  expect(commands('f() { exit 1; }\nf\nexec node a.js')).toEqual(['node a.js'])
})

test('case takes the arm that the argument fits', () => {
  const text = 'case "${1:-serve}" in\nserve|start) exec node a.js ;;\nwork-*) exec node b.js ;;\n*) exec "$@" ;;\nesac'
  expect(commands(text)).toEqual(['node a.js'])
  expect(commands(text, 'work-mail')).toEqual(['node b.js'])
  expect(commands(text, 'node', 'c.js')).toEqual(['node c.js'])
  expect(commands('case "$ROLE" in\na) exec node a.js ;;\nb) exec node b.js ;;\nesac')).toEqual(['node a.js', 'node b.js'])
})

test('production takes the arm of NODE_ENV', () => {
  const text = 'if [ "$NODE_ENV" = "production" ]; then exec node a.js; else exec nodemon a.js; fi'
  expect(commands(text)).toEqual(['node a.js'])
  expect(commands(text.replace('=', '!='))).toEqual(['nodemon a.js'])
  expect(commands('if [[ $NODE_ENV == development ]]; then nodemon a.js; fi')).toEqual([])
})

test.each([
  ['[ "${NODE_ENV:-development}" = "production" ]', 'node a.js'],
  ["test $NODE_ENV = 'production'", 'node a.js'],
  ['[ "x$NODE_ENV" == "xdevelopment" ]', 'nodemon a.js'],
  ['[ ! "$NODE_ENV" = dev ]', 'node a.js'],
])('production takes its arm of %s', (test, expected) => {
  expect(commands(`if ${test}\nthen exec node a.js\nelse exec nodemon a.js\nfi`)).toEqual([expected])
})

test('an arm of case for production, and arguments that are shifted away', () => {
  const text = 'case "$NODE_ENV" in\nproduction) exec node a.js ;;\n*) exec nodemon a.js ;;\nesac'
  expect(commands(text)).toEqual(['node a.js'])
  expect(commands('host=$1\nshift\nexec "$@"', 'db:5432', 'node', 'a.js')).toEqual(['node a.js'])
  expect(commands('case "$1" in\nserve) shift; set -- node a.js "$@" ;;\nesac\nexec "$@"', 'serve', '--now')).toEqual(['node a.js --now'])
  expect(commands('shift 2\nexec "$@"', 'db', '5432', 'node', 'a.js')).toEqual(['node a.js'])
})

test('folders, variables and functions', () => {
  expect(commands('cd "$(dirname "$0")/.."\napp=api\nexec node "apps/$app/main.js"')).toEqual(['docker/..: node apps/api/main.js'])
  expect(commands('DIR="$( cd "$( dirname "${BASH_SOURCE[0]}" )" && pwd )"\ncd "$DIR"\nnpm start')).toEqual(['docker: npm start (held)'])
  expect(commands('cd a && cd b\nnode c.js')).toEqual(['a/b: node c.js (held)'])
  expect(commands('run() { exec node a.js; }\nif x; then run; fi')).toEqual(['x (held)', 'node a.js'])
  expect(commands('if [ "${1#-}" != "$1" ]; then\n set -- node "$@"\nfi\nexec "$@"', '--inspect', 'a.js')).toEqual(['node --inspect a.js'])
  expect(commands('if [ "${1#-}" != "$1" ]; then\n set -- node "$@"\nfi\nexec "$@"', 'npm', 'start')).toEqual(['npm start'])
})
