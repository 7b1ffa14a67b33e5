// Which secrets are generated, and which are handed out by others.
import { expect, test } from 'vitest'
import { environmentComment } from './environmentComment.js'

const isGenerated = (name: string): boolean => environmentComment(name).startsWith('Generate one')

test.each(['JWT_SECRET', 'SESSION_KEY', 'COOKIE_SECRET', 'ACCESS_TOKEN_SECRET', 'APP_SECRET', 'SECRET', 'ENCRYPTION_KEY'])(
  '%s is generated',
  (name) => expect(isGenerated(name)).toBe(true),
)

test.each(['SMTP_PASSWORD', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'GITHUB_CLIENT_SECRET', 'SENDGRID_API_KEY', 'DB_PASSWORD'])(
  '%s comes from whoever runs the other side',
  (name) => expect(isGenerated(name)).toBe(false),
)
