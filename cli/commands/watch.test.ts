// Watching: a change is reported again, what the run writes itself is none.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sandbox, type Sandbox } from '../testTerminal.js'
import { WEAK_SERVER } from '../weakServer.js'

let box: Sandbox
beforeEach(() => {
  box = sandbox(WEAK_SERVER)
})
afterEach(() => {
  box.remove()
})

/** Runs until `written` answers true for what came out so far, after each of the steps. */
async function watched(
  argv: readonly string[],
  steps: readonly { readonly change: () => void; readonly until: (out: string, err: string) => boolean }[],
): Promise<string> {
  const controller = new AbortController()
  let out = ''
  let err = ''
  const running = box.run(['check', '--watch', ...argv], {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    stop: controller.signal,
  })
  const settled = async (isDone: () => boolean): Promise<void> => {
    await expect.poll(isDone, { timeout: 50_000, interval: 20 }).toBe(true)
  }
  for (const { change, until } of steps) {
    const rounds = err.split('Watching').length
    if (rounds === 1) await settled(() => err.includes('Watching'))
    out = ''
    change()
    await settled(() => until(out, err))
  }
  controller.abort()
  await running
  return err
}

test('each change is reported again, also in a new folder', async () => {
  const users = WEAK_SERVER['routes/users.js'] ?? ''
  const err = await watched(
    ['--quiet', '--rule', 'no-console'],
    [
      {
        change: () => {
          box.write({ 'routes/users.js': users.replace(/ {2}console\.log\('one'\)\n/, '') })
        },
        until: (out) => out.split('\n').length === 2,
      },
      {
        change: () => {
          box.write({ 'routes/deep/er/more.js': "exports.f = (req, res) => {\n  console.log('more')\n}\n" })
        },
        until: (out) => out.includes('routes/deep/er/more.js:2:3'),
      },
    ],
  )
  expect(err).toContain('Changed: routes/users.js.')
})

test('a configuration that is broken for a while is said, and the next change is reported again', async () => {
  await watched(
    ['--quiet'],
    [
      {
        change: () => box.write({ 'parapet.config.json': '{ "rules": ' }),
        until: (_, err) => err.includes('parapet: parapet.config.json:1:'),
      },
      {
        change: () => box.write({ 'parapet.config.json': '{ "rules": { "no-console": "off" } }' }),
        until: (out) => out !== '' && !out.includes('no-console'),
      },
    ],
  )
})

test('a report that is written into the project starts no new round', async () => {
  const err = await watched(
    ['--format', 'json=report.json'],
    [
      {
        change: () => undefined,
        until: () => true,
      },
    ],
  )
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect(err.split('Watching')).toHaveLength(2)
})
