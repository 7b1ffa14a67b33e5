// The source texts around the features: the application, its platform, and a front end beside it.

export function appSource(names: readonly string[]): string {
  return `import cors from 'cors'
import express from 'express'
import rateLimit from 'express-rate-limit'
import helmet from 'helmet'
import { config } from './config.js'
import { ${names.map((name) => `${name}Router`).join(', ')} } from './features/index.js'
import { handleError } from './platform/errors.js'

export function createApp() {
  const app = express()
  app.set('trust proxy', 1)
  app.use(helmet())
  app.use(cors(config.cors))
  app.use(rateLimit(config.rateLimit))
  app.use(express.json({ limit: '100kb' }))
${names.map((name) => `  app.use('/api/${name}', ${name}Router)`).join('\n')}
  app.use(handleError)
  return app
}
`
}

export function pricingSource(name: string): string {
  const tiers = Array.from({ length: 12 }, (_, tier) => `  { from: ${tier * 100}, factor: ${1 + tier / 20} },`)
  return `const tiers = [
${tiers.join('\n')}
]

export function ${name}(amount: number): number {
  let factor = 1
  for (const tier of tiers) {
    if (amount >= tier.from) factor = tier.factor
  }
  return Math.round(amount * factor * 100) / 100
}
`
}

export function componentSource(index: number): string {
  const fields = Array.from(
    { length: 8 },
    (_, field) =>
      `      <label key="${field}">Field ${field}<input name="field${field}" onChange={(event) => change('field${field}', event.target.value)} /></label>`,
  )
  return `import { useEffect, useState } from 'react'

export function Panel${index}({ id, onSave }: { id: string; onSave: (values: Record<string, string>) => void }) {
  const [values, setValues] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const change = (name: string, value: string) => setValues((previous) => ({ ...previous, [name]: value }))
  useEffect(() => {
    setBusy(true)
    fetch(\`/api/feature${index % 150}/action0/\${id}\`)
      .then((response) => response.json())
      .then((loaded) => setValues(loaded))
      .finally(() => setBusy(false))
  }, [id])
  return (
    <form onSubmit={() => onSave(values)} aria-busy={busy}>
${fields.join('\n')}
    </form>
  )
}
`
}

/** Files whose text does not depend on the size. */
export const PLATFORM: Readonly<Record<string, string>> = {
  'package.json': packageJson(),
  'tsconfig.json': JSON.stringify({ compilerOptions: { module: 'nodenext', strict: true, outDir: 'dist', rootDir: 'src' } }),
  'src/server.ts': `import { createApp } from './app.js'
import { config } from './config.js'
import { logger } from './platform/logger.js'

const server = createApp().listen(config.port, () => logger.info('listening'))
process.on('SIGTERM', () => server.close())
`,
  'src/config.ts': `export const config = {
  port: Number(process.env.PORT ?? 3000),
  cors: { origin: process.env.ORIGIN ?? 'https://app.example.com', credentials: true },
  rateLimit: { windowMs: 60_000, limit: 100, standardHeaders: 'draft-7' as const, legacyHeaders: false },
  limits: { amount: 10_000, records: 5_000 },
}
`,
  'src/platform/logger.ts': `import pino from 'pino'

export const logger = pino({ level: process.env.LOG_LEVEL ?? 'info', redact: ['req.headers.authorization'] })
`,
  'src/platform/asyncHandler.ts': `import type { NextFunction, Request, RequestHandler, Response } from 'express'

export const asyncHandler =
  (handler: (req: Request, res: Response, next: NextFunction) => Promise<unknown>): RequestHandler =>
  (req, res, next) =>
    Promise.resolve(handler(req, res, next)).catch(next)
`,
  'src/platform/errors.ts': `import type { NextFunction, Request, Response } from 'express'
import { logger } from './logger.js'

export class NotFound extends Error {
  readonly status = 404
  constructor(what: string) {
    super(\`There is no such \${what}\`)
  }
}

export function handleError(error: Error & { status?: number }, req: Request, res: Response, next: NextFunction) {
  if (res.headersSent) return next(error)
  logger.error({ err: error, path: req.path }, 'request failed')
  res.status(error.status ?? 500).json({ error: 'Something went wrong' })
}
`,
}

function packageJson(): string {
  const dependencies = {
    cors: '^2.8.5',
    express: '^5.1.0',
    'express-rate-limit': '^8.0.0',
    helmet: '^8.0.0',
    pino: '^10.0.0',
    zod: '^4.0.0',
  }
  return JSON.stringify({ name: 'generated', type: 'module', scripts: { start: 'node dist/server.js' }, dependencies }, null, 2)
}
