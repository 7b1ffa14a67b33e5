// Arithmetic on project-relative paths, and folders out of a flat list of files.
import { expect, test } from 'vitest'
import { foldersUpFrom, isInside, joinPath, listFolder } from './filePath.js'

test('joining normalises and refuses to leave the project', () => {
  expect(joinPath('src/api', '../db/./index')).toBe('src/db/index')
  expect(joinPath('', './a//b/')).toBe('a/b')
  expect(joinPath('src', '..')).toBe('')
  expect(joinPath('src', '../../a')).toBeNull()
})

test('a folder lists what stands directly in it', () => {
  const files = ['routes/users.js', 'routes/v1/a.js', 'routes/v1/b.js', 'routes-old/x.js', 'app.js']
  expect(listFolder(files, 'routes')).toEqual([
    { name: 'users.js', isFolder: false },
    { name: 'v1', isFolder: true },
  ])
  expect(listFolder(files, '').map((item) => item.name)).toEqual(['app.js', 'routes', 'routes-old'])
  expect(listFolder(files, 'nothing')).toEqual([])
})

test('inside and above', () => {
  expect([isInside('a/b.js', 'a'), isInside('ab.js', 'a'), isInside('a', 'a'), isInside('x', '')]).toEqual([true, false, true, true])
  expect([...foldersUpFrom('a/b')]).toEqual(['a/b', 'a', ''])
})
