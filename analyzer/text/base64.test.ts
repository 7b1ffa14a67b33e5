// Texts that come back from base64 as they went in.
import { expect, test } from 'vitest'
import { textOfBase64 } from './base64.js'

test.each(['', 'a', 'ab', 'abc', 'user:pass', 'clinic:9f!Ω'])('%j comes back from base64', (text) => {
  const bytes = Buffer.from(text)
  expect(Buffer.from(textOfBase64(bytes.toString('base64')), 'latin1')).toEqual(bytes)
})
