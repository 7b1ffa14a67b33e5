// Which file of a project stands at a path of an image.
import { expect, test } from 'vitest'
import { deploymentOf } from '../../testing/deploymentShape.js'
import { imageSources } from './imageFiles.js'

function sources(dockerfile: string, path: string, stage = 0): readonly string[] {
  return imageSources(deploymentOf('Dockerfile', dockerfile), stage)(path)
}

test('a file under its name, under another one, and in a folder', () => {
  expect(sources('FROM node\nCOPY docker/run.sh /run.sh', '/run.sh')).toEqual(['docker/run.sh'])
  expect(sources('FROM node\nWORKDIR /app\nCOPY docker/run.sh ./', './run.sh')).toEqual(['docker/run.sh'])
  expect(sources('FROM node\nCOPY --chmod=755 ["a/x.sh", "b/y.sh", "/usr/local/bin/"]', 'y.sh')).toContain('b/y.sh')
  expect(sources('FROM node\nCOPY bin/*.sh /usr/bin/', 'start.sh')).toEqual(['bin/start.sh'])
  expect(sources('FROM node\nCOPY . .', '/etc/run.sh')).toContain('etc/run.sh')
  expect(sources('FROM node\nCOPY a /app', '/run.sh')).toEqual([])
})

test('a folder with what it holds, the last copy first', () => {
  expect(sources('FROM node\nWORKDIR /srv\nCOPY . .', '/srv/deploy/start.sh')).toEqual(['deploy/start.sh'])
  expect(sources('FROM node\nWORKDIR /srv\nCOPY . .\nCOPY prod/start.sh deploy/start.sh', 'deploy/start.sh')).toEqual([
    'prod/start.sh',
    'deploy/start.sh',
  ])
})

test('through stages', () => {
  const text =
    'FROM node AS build\nWORKDIR /app\nCOPY . .\nFROM build AS more\nFROM node\nCOPY --from=more /app/docker ./\nCOPY --from=other /x /y'
  expect(sources(text, '/run.sh', 2)).toEqual(['docker/run.sh'])
  expect(sources(text, '/y', 2)).toEqual(['docker/y'])
  expect(sources(text, 'run.sh', 1)).toContain('run.sh')
})
