// What counts as the manifest of a server.
import { expect, test } from 'vitest'
import { isServerManifest } from './serverManifest.js'

test.each([
  ['Express', { dependencies: { express: '^5.0.0' } }],
  ['Fastify in a library', { peerDependencies: { fastify: '5' } }],
  ['Nest', { dependencies: { '@nestjs/core': '12' } }],
  ['a platform of Nest', { dependencies: { '@nestjs/platform-fastify': '12' } }],
  ['what only development installs', { devDependencies: { express: '4' } }],
])('%s is a server', (_, manifest) => {
  expect(isServerManifest(JSON.stringify(manifest))).toBe(true)
  expect(isServerManifest(`\uFEFF${JSON.stringify(manifest)}`)).toBe(true)
})

test.each([
  ['a front end', JSON.stringify({ dependencies: { react: '19' } })],
  ['types alone', JSON.stringify({ devDependencies: { '@types/express': '5' } })],
  ['a package named alike', JSON.stringify({ dependencies: { 'express-thing': '1' } })],
  ['dependencies of another shape', JSON.stringify({ dependencies: ['express'] })],
  ['half a file', '{ "dependencies": { "express"'],
  ['null', 'null'],
])('%s is none', (_, text) => {
  expect(isServerManifest(text)).toBe(false)
})
