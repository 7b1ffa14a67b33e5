// Who waits for the first analysis, and who does not.
import { expect, test } from 'vitest'
import type { FolderStatus, StatusParams } from '../server/protocol.js'
import { isBeforeFirstAnalysis } from './firstAnalysis.js'

const reading: Pick<FolderStatus, 'uri' | 'isBusy' | 'lastRun'> = { uri: 'file:///api', isBusy: true, lastRun: null }
const status = (...folders: readonly (typeof reading)[]): StatusParams => ({ folders }) as unknown as StatusParams

test('nothing is asked about a folder that is read for the first time', () => {
  expect(isBeforeFirstAnalysis(status(reading), 'file:///api')).toBe(true)
  expect(isBeforeFirstAnalysis(status(reading), undefined)).toBe(true)
})

test('everything is asked once there was an analysis, where none is under way, and about other folders', () => {
  const known = { ...reading, uri: 'file:///web', lastRun: '2026-01-02T03:04:05.000Z' }
  expect(isBeforeFirstAnalysis(null, 'file:///api')).toBe(false)
  expect(isBeforeFirstAnalysis(status(known), 'file:///web')).toBe(false)
  expect(isBeforeFirstAnalysis(status({ ...reading, isBusy: false }), 'file:///api')).toBe(false)
  expect(isBeforeFirstAnalysis(status(reading, known), 'file:///web')).toBe(false)
  expect(isBeforeFirstAnalysis(status(reading, known), 'file:///elsewhere')).toBe(false)
})
