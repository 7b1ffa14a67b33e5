// Names that say that they hold a secret, and names that only mention one.
import { expect, test } from 'vitest'
import { environmentNameFor, isPasswordName, isUnguessableName, secretKind, wordsOf } from './secretNames.js'

test.each([
  ['JWT_SECRET', 'secret'],
  ['jwtSecretKey', 'secret'],
  ['DEFAULT_SESSION_SECRET', 'secret'],
  ['encryptionKey', 'secret'],
  ['smtpPassword', 'password'],
  ['db.pass', 'password'],
  ['MYSQL_ROOT_PASSWORD', 'password'],
  ['stripeApiKey', 'key'],
  ['AWS_SECRET_ACCESS_KEY', 'key'],
  ['botToken', 'token'],
  ['#password', 'password'],
  ['PASSWORD_PEPPER', 'secret'],
  ['SMS_KEY', 'key'],
] as const)('%s holds a %s', (name, kind) => expect(secretKind(name)).toBe(kind))

test.each(
  'passwordField tokenUrl secretName apiKeyHeader publicKey publishableKey SUPABASE_ANON_KEY csrfToken cancelToken primaryKey sortKey cacheKey resetPassword forgotPassword passwordRegex tokenExpiry sessionKeyPrefix AWS_ACCESS_KEY_ID pass bypass monkey secretary tokenize pepperoni mailKeyword'.split(
    ' ',
  ),
)('%s holds none', (name) => expect(secretKind(name)).toBeNull())

test.each('password userPassword newPwd pass plainPassword'.split(' '))('%s is what a person types', (name) =>
  expect(isPasswordName(name)).toBe(true),
)

test.each('passwordHash hashedPassword resetPasswordToken passwordChangedAt confirmPassword'.split(' '))('%s is not', (name) =>
  expect(isPasswordName(name)).toBe(false),
)

test.each('otp resetCode verificationCode sessionId apiKey resetToken cspNonce tempPassword inviteHash magicLink'.split(' '))(
  'nobody may guess %s',
  (name) => expect(isUnguessableName(name)).toBe(true),
)

test.each('statusCode couponCode userId requestId correlationToken nonce tokenCount pageToken fileHash shareLink'.split(' '))(
  'anybody may guess %s',
  (name) => expect(isUnguessableName(name)).toBe(false),
)

test('words and variables', () => {
  expect(wordsOf('JWTSecretKey')).toEqual(['jwt', 'secret', 'key'])
  expect(environmentNameFor('smtpPassword')).toBe('SMTP_PASSWORD')
})
