// Shapes of keys that providers hand out, and texts that only resemble them.
import { expect, test } from 'vitest'
import { credentialsOf, formatOf, isLocalHost } from './secretFormats.js'

const letters = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'

test.each([
  ['AWS access key id', 'AKIAQ4FZ7N2LKJ3HXW5T'],
  ['Stripe key', `${'sk_'}live_4eC39HqLyjWDarjtT1zdp7dc`],
  ['Stripe webhook secret', `${'whsec'}_4eC39HqLyjWDarjtT1zdp7dc`],
  ['GitHub token', `${'ghp'}_${letters}`],
  ['GitLab token', `${'glpat'}-${letters.slice(0, 20)}`],
  ['Slack token', `${'xoxb'}-123456789012-abcdefghij`],
  ['npm token', `${'npm'}_${letters}`],
  ['SendGrid key', `${'SG'}.${letters.slice(0, 22)}.${letters}${letters.slice(0, 7)}`],
  ['Anthropic key', `${'sk-ant'}-api03-${letters}`],
  ['Shopify token', `${'shpat'}_0123456789abcdef0123456789abcdef`],
  ['private key', `-----BEGIN RSA PRIVATE KEY-----\n${letters}${letters}\n-----END RSA PRIVATE KEY-----`],
])('a %s', (name, text) => expect(formatOf(text)?.name).toBe(name))

test('keys of a test mode are known as such', () => {
  expect(formatOf(`${'sk_'}test_4eC39HqLyjWDarjtT1zdp7dc`)?.isTest).toBe(true)
  expect(formatOf(`${'sk_'}live_4eC39HqLyjWDarjtT1zdp7dc`)?.isTest).toBe(false)
})

test.each([
  'AKIAIOSFODNN7EXAMPLE',
  `${'pk_'}live_4eC39HqLyjWDarjtT1zdp7dc`,
  'sk_live_xxxxxxxxxxxxxxxxxxxxxxxx',
  'sk-learn-some-machine-learning',
  'AC0123456789abcdef0123456789abcdef',
  '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE7MFkwEwYHKoZIzj0CAQYIKoZI\n-----END PUBLIC KEY-----',
  '-----BEGIN PRIVATE KEY-----',
])('%s is none', (text) => expect(formatOf(text)).toBeNull())

test('passwords in addresses', () => {
  expect(credentialsOf('mongodb+srv://api:s3cr3t@cluster0.x.mongodb.net/shop')).toEqual({
    scheme: 'mongodb+srv',
    user: 'api',
    password: 's3cr3t',
    host: 'cluster0.x.mongodb.net',
  })
  expect(credentialsOf('redis://:pw@cache:6379')?.password).toBe('pw')
  expect(credentialsOf('postgres://localhost:5432/shop')).toBeNull()
  expect(credentialsOf('https://user:pw@example.com')).toBeNull()
  expect(['localhost', '127.0.0.1', '::1'].every(isLocalHost)).toBe(true)
  expect(isLocalHost('db.internal')).toBe(false)
})
