// When colours and progress are shown, and what an exit code says.
import { expect, test } from 'vitest'
import { EXIT, exitCodeOf } from './exitCode.js'
import { colorsFor, createProgress } from './terminal.js'
import { testTerminal } from './testTerminal.js'

test.each([
  [{}, false, false],
  [{}, true, true],
  [{ TERM: 'dumb' }, true, false],
  [{ FORCE_COLOR: '1' }, false, true],
  [{ FORCE_COLOR: '0' }, true, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
])('colours with %j on a terminal %s: %s', (env, isOutTty, expected) => {
  expect(colorsFor(testTerminal({ env, isOutTty })).red('x') !== 'x').toBe(expected)
})

test('progress goes to the error stream of a terminal and is wiped away', () => {
  const written: string[] = []
  const on = createProgress(testTerminal({ isErrTty: true, err: (text) => written.push(text) }))
  on.show('Reading')
  on.clear()
  expect(written).toEqual(['\r\u001b[2KReading…', '\r\u001b[2K'])
})

test.each([{ isErrTty: false }, { isErrTty: true, env: { CI: 'true' } }, { isErrTty: true, env: { TERM: 'dumb' } }])(
  'no progress with %j',
  (parts) => {
    const written: string[] = []
    const off = createProgress(testTerminal({ ...parts, err: (text) => written.push(text) }))
    off.show('Reading')
    off.clear()
    expect(written).toEqual([])
  },
)

const nothing = { errors: 0, warnings: 0, internalErrors: 0, maxWarnings: 0, lacksApp: false }

test.each([
  [{}, EXIT.clean],
  [{ errors: 1 }, EXIT.findings],
  [{ warnings: 1 }, EXIT.findings],
  [{ warnings: 2, maxWarnings: 2 }, EXIT.clean],
  [{ warnings: 3, maxWarnings: 2 }, EXIT.findings],
  [{ errors: 1, maxWarnings: 9 }, EXIT.findings],
  [{ lacksApp: true }, EXIT.findings],
  [{ internalErrors: 1, errors: 1 }, EXIT.internalError],
])('%j exits with %i', (parts, expected) => {
  expect(exitCodeOf({ ...nothing, ...parts })).toBe(expected)
})
