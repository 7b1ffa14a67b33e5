// What the registry answers, and that every line of it is well formed.
import { expect, test } from 'vitest'
import { effectOf, isListed, listedPackages, packageNameOf, pathText } from './knownPackages.js'

test('a factory is found under every form of import', () => {
  for (const path of [[], ['default'], ['*'], ['default', 'default']]) {
    expect(effectOf('helmet', path)).toMatchObject({
      kind: 'middleware factory',
      capabilities: ['security-headers', 'csp', 'hsts', 'hide-powered-by'],
      continues: true,
    })
  }
  expect(effectOf('express-rate-limit', ['rateLimit'])?.capabilities).toEqual(['rate-limit'])
})

test('the longest line that begins the path counts', () => {
  expect(effectOf('helmet', ['contentSecurityPolicy'])?.capabilities).toEqual(['csp', 'security-headers'])
  expect(effectOf('helmet', ['default', 'hsts', '()'])?.path).toEqual(['hsts'])
  expect(effectOf('passport', ['authenticate', '()'])?.capabilities).toEqual(['auth'])
  expect(effectOf('passport', ['initialize', '()'])?.capabilities).toEqual([])
})

test('members of results have their own lines', () => {
  expect(effectOf('express-brute', ['()', 'prevent'])).toMatchObject({ kind: 'middleware', capabilities: ['rate-limit'] })
  expect(effectOf('csrf-csrf', ['doubleCsrf', '()', 'doubleCsrfProtection'])?.capabilities).toEqual(['csrf'])
  expect(effectOf('csrf-csrf', ['doubleCsrf', '()', 'generateCsrfToken'])?.capabilities).toEqual([])
  expect(pathText(['doubleCsrf', '()', 'x'])).toBe('doubleCsrf().x')
})

test('a listed package without effect answers so, an unlisted one answers null', () => {
  expect(effectOf('lodash', ['merge'])).toMatchObject({ kind: 'none', capabilities: [] })
  expect(effectOf('fs', ['readFileSync'])?.kind).toBe('file system')
  expect(effectOf('a-package-that-nobody-wrote', [])).toBeNull()
  expect(isListed('lodash/merge')).toBe(true)
  expect(packageNameOf('@scope/name/sub')).toBe('@scope/name')
})

test('wrappers, compositions and answering middleware are told apart', () => {
  expect(effectOf('express-async-handler', ['default'])?.kind).toBe('wrapper')
  expect(effectOf('compose-middleware', ['compose'])?.kind).toBe('compose')
  expect(effectOf('http-proxy-middleware', ['createProxyMiddleware'])?.continues).toBe(false)
})

const capabilities =
  `security-headers csp hsts permissions-policy hide-powered-by cors rate-limit slow-down auth validation error-handler body-parser session cookies
  csrf logging static compression request-id webhook-signature upload sanitize https-redirect async-errors docs metrics health view`.split(
    /\s+/,
  )

test('every line of the tables is spelled with known words', () => {
  expect(listedPackages().length).toBeGreaterThan(1000)
  for (const name of listedPackages()) {
    expect(name).toMatch(/^(@[\w.-]+\/)?[\w.-]+(\/[\w.-]+)*$/)
    for (const capability of effectOf(name, [])?.capabilities ?? []) expect(capabilities).toContain(capability)
  }
})
