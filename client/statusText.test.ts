// The words of the status item and of the log.
import { expect, test } from 'vitest'
import type { FolderStatus, StatusParams } from '../server/protocol.js'
import { analysisLine, statusView } from './statusText.js'

const api: FolderStatus = {
  uri: 'file:///api',
  name: 'api',
  health: 'ok',
  isBusy: false,
  configuration: 'parapet.config.json',
  lastRun: '2026-01-02T03:04:05.000Z',
  duration: 12.4,
  files: 1,
  applications: 1,
  routes: 6,
  errors: 2,
  warnings: 1,
  infos: 0,
  unparsed: 0,
  accepted: 0,
  notices: [],
}
const web: FolderStatus = { ...api, uri: 'file:///web', name: 'web', health: 'warning', configuration: null, errors: 0, warnings: 0 }

function status(...folders: readonly FolderStatus[]): StatusParams {
  return { health: 'warning', isBusy: false, message: 'Two projects.', folders }
}

test('a line of the log has all figures of the run', () => {
  expect(analysisLine(api)).toBe('api: 2 errors, 1 warning, 1 application with 6 routes, 1 file, parapet.config.json, 12 ms')
  expect(analysisLine({ ...web, unparsed: 2 })).toBe(
    'web: No findings, 1 application with 6 routes, 1 file, no configuration, 12 ms, 2 files not parsed, last good state in use',
  )
})

test('the item speaks of the folder that the reader is in', () => {
  expect(statusView(status(api, web), 'file:///api')).toMatchObject({ text: '2 errors, 1 warning', health: 'ok' })
  expect(statusView(status(api, web), 'file:///web')).toMatchObject({ text: 'No findings', health: 'warning' })
  expect(statusView(status(api, web), null)).toEqual({ text: 'Parapet', detail: 'Two projects.', health: 'warning', isBusy: false })
})

test('the only folder is meant, wherever the reader is', () => {
  const { detail } = statusView(status({ ...api, notices: ['The configuration is broken.'] }), null)
  expect(detail).toMatch(/^The configuration is broken\. · parapet\.config\.json · .*\d.*, 12 ms$/)
})

test('before the first run there is nothing to count', () => {
  expect(statusView(status({ ...api, lastRun: null, isBusy: true }), null)).toMatchObject({ text: 'Reading the project', isBusy: true })
})
