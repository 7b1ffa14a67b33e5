// Text in XML and HTML.
import { expect, test } from 'vitest'
import { escapeXml, proseHtml } from './escape.js'

test('what has a meaning in HTML is escaped, within code too', () => {
  expect(escapeXml('<a b="c">&')).toBe('&lt;a b=&quot;c&quot;&gt;&amp;')
  expect(proseHtml('`a<b>` & `c`')).toBe('<code>a&lt;b&gt;</code> &amp; <code>c</code>')
})

test('a single backtick stays one', () => {
  expect(proseHtml('5` of cable')).toBe('5` of cable')
})
