// What command lines start.
import { expect, test } from 'vitest'
import { simpleCommands } from './shellCommand.js'
import { startedByWords, startedPrograms } from './startedPrograms.js'

/** Each started thing as one word: `folder/path`, `script:name`, `main:runner`. */
function started(line: string, folder = '', script = 'start'): readonly string[] {
  return [...startedPrograms(line, folder, script)].map((item) => {
    if (item.kind === 'shell') return `shell:${[item.path, ...item.words].join(' ')}`
    if (item.kind === 'file') return item.folder === '' ? item.path : `${item.folder}/${item.path}`
    return item.kind === 'main' ? `main:${item.runner}` : `script:${item.package === null ? '' : `${item.package}/`}${item.name}`
  })
}

test('commands are split as a shell does', () => {
  expect(simpleCommands('A=1 node "my file.js" && echo \'a b\' | cat; x\\ y')).toEqual([
    ['A=1', 'node', 'my file.js'],
    ['echo', 'a b'],
    ['cat'],
    ['x y'],
  ])
  expect(simpleCommands('node -e "console.log(\\"x\\")"')).toEqual([['node', '-e', 'console.log("x")']])
  expect(simpleCommands('node a.js \\\n --port 1')).toEqual([['node', 'a.js', '--port', '1']])
  expect(simpleCommands('')).toEqual([])
})

test.each([
  ['node server.js', ['server.js']],
  ['NODE_ENV=production node server', ['server']],
  ['cross-env NODE_ENV=production PORT=1 node ./dist/index.js', ['./dist/index.js']],
  ['node -r dotenv/config --max-old-space-size=4096 dist/index.js', ['dist/index.js']],
  ['node --env-file=.env --watch server/server.js', ['server/server.js']],
  ['nodemon --watch src --ext ts --exec ts-node src/index.ts', ['src/index.ts']],
  ['nodemon -w src -x "tsc && node -r ./tracing dist/app.js"', ['dist/app.js']],
  ['nodemon', ['main:nodemon']],
  ['node .', ['main:node']],
  ['ts-node-dev --respawn --transpile-only -P tsconfig.dev.json src/server.ts', ['src/server.ts']],
  ['tsx watch --clear-screen=false src/server.ts', ['src/server.ts']],
  ['tsc-watch --onSuccess "node dist/index.js"', ['dist/index.js']],
  ['pm2 start ecosystem.config.json --no-daemon', ['ecosystem.config.json']],
  ['pm2-runtime dist/main.js -i max', ['dist/main.js']],
  ['pm2 start npm --name api -- run start:prod', ['script:start:prod']],
  ['pm2 stop app.js', []],
  ['npm run build && npm run start:prod', ['script:build', 'script:start:prod']],
  ['yarn start-server', ['script:start-server']],
  ['yarn nodemon src/app.js', ['src/app.js']],
  ['npm --prefix server start', ['script:start']],
  ['yarn workspace @acme/api start', ['script:@acme/api/start']],
  ['pnpm --filter api dev', ['script:api/dev']],
  ['cd packages/server/bin && ./run start', ['packages/server/bin/./run']],
  [
    'run-script-os',
    ['script:start:default', 'script:start:nix', 'script:start:linux', 'script:start:darwin:linux', 'script:start:linux:darwin'],
  ],
  ['concurrently -n api,web "npm:dev:*" "node api.js"', ['script:dev:*', 'api.js']],
  ['run-p watch serve', ['script:watch', 'script:serve']],
  ['dotenv -e .env.production -- node index.js', ['index.js']],
  ['sh -c "npx prisma migrate deploy && node dist/main.js"', ['dist/main.js']],
  ['nest start --watch', ['src/main']],
  ['cross-env NODE_ENV=development vite --host --config ./config/vite.config.js', []],
  ['node --test test/', []],
  ['node -e "require(\'./x\')"', []],
  ['eslint .', []],
  ['docker-compose up', []],
  ['bun run src/index.ts', ['src/index.ts']],
  ['/usr/bin/node /app/server.js', ['/app/server.js']],
])('%s', (line, expected) => {
  expect(started(line)).toEqual(expected)
})

test('words of a container run as they stand', () => {
  const words = ['/usr/bin/dumb-init', '--', 'node', 'server/server.js']
  expect([...startedByWords(words, '')]).toEqual([{ kind: 'file', folder: '', path: 'server/server.js', words: [] }])
})

test('wrappers around wrappers end', () => {
  expect(started(Array.from({ length: 50 }, () => 'env').join(' ') + ' node x.js')).toEqual([])
})
