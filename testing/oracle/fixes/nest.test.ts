// Fixes for Nest, run before and after.
import { expect, test } from 'vitest'
import noConsole from '../../../rules/no-console/rule.js'
import noCredentialedAnyOrigin from '../../../rules/no-credentialed-any-origin/rule.js'
import noHardcodedSecret from '../../../rules/no-hardcoded-secret/rule.js'
import noSecretFallback from '../../../rules/no-secret-fallback/rule.js'
import noErrorObjectInResponse from '../../../rules/no-error-object-in-response/rule.js'
import noLaxAuthRateLimit from '../../../rules/no-lax-auth-rate-limit/rule.js'
import noIneffectiveRateLimit from '../../../rules/no-ineffective-rate-limit/rule.js'
import noWeakenedSecurityHeaders from '../../../rules/no-weakened-security-headers/rule.js'
import noPermissiveCors from '../../../rules/no-permissive-cors/rule.js'
import noPoweredBy from '../../../rules/no-powered-by/rule.js'
import noStackInResponse from '../../../rules/no-stack-in-response/rule.js'
import noUnsetOrigin from '../../../rules/no-unset-origin/rule.js'
import requireAuthRateLimit from '../../../rules/require-auth-rate-limit/rule.js'
import requireProcessErrorHandlers from '../../../rules/require-process-error-handlers/rule.js'
import requireRateLimit from '../../../rules/require-rate-limit/rule.js'
import requireSecurityHeaders from '../../../rules/require-security-headers/rule.js'
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fixturesRoot } from '../fixture.js'
import { provenFix, proveFix, type ProbedApplication } from '../proveFix.js'

/** Type checks and starts take their time on a busy machine. */
const TIMEOUT = 60_000
const tsconfig = readFileSync(join(fixturesRoot, 'nest-plain', 'tsconfig.json'), 'utf8')
const notes = [
  { method: 'GET', path: '/notes', status: 200 },
  { method: 'POST', path: '/notes', status: 201, body: { text: 'tea' } },
  { method: 'GET', path: '/missing', status: 404 },
]

/** An application of one controller on a platform, as of a major of Nest. Nothing is injected by type, which tsx would not know. */
function small(
  platform: 'express' | 'fastify',
  major: number,
  parts: { main?: string; options?: string; methods: string; head?: string },
): string {
  const adapter = platform === 'fastify' ? ', new FastifyAdapter()' : (parts.options ?? '')
  const type = platform === 'fastify' ? 'NestFastifyApplication' : 'NestExpressApplication'
  const dependencies = {
    '@nestjs/common': `^${major}.0.0`,
    '@nestjs/core': `^${major}.0.0`,
    [`@nestjs/platform-${platform}`]: `^${major}.0.0`,
  }
  return `//- /src/main.ts
import { NestFactory } from '@nestjs/core'
import { ${platform === 'fastify' ? 'FastifyAdapter, ' : ''}${type} } from '@nestjs/platform-${platform}'
import { AppModule } from './app.module'

async function bootstrap() {
  const app = await NestFactory.create<${type}>(AppModule${adapter})
${parts.main ?? ''}  await app.listen(Number(process.env.PORT))
}
void bootstrap()
//- /src/app.module.ts
import { Controller, Get, Module, Post } from '@nestjs/common'
${parts.head ?? ''}
@Controller()
class AppController {
${parts.methods}
}

@Module({ controllers: [AppController] })
export class AppModule {}
//- /package.json
${JSON.stringify({ name: 'small', dependencies: { ...dependencies, rxjs: '^7.8.2', 'reflect-metadata': '^0.2.2' }, devDependencies: { '@types/node': '^20.19.0' } }, null, 2)}
//- /tsconfig.json
${tsconfig}`
}

const hello = `  @Get()
  hello() {
    return { ok: true }
  }

  @Post('notes')
  add() {
    return {}
  }`
const honest = [
  { method: 'GET', path: '/', status: 200 },
  { method: 'GET', path: '/missing', status: 404 },
]
const isBare = async ({ get }: ProbedApplication) => !(await get('/')).headers.has('content-security-policy')

/** The number of the first of many requests that is refused; null when none is. */
async function refusedAt(app: ProbedApplication, method: string, path: string, most: number): Promise<number | null> {
  for (let number = 1; number <= most; number++) if ((await app.send({ method, path })).status === 429) return number
  return null
}

async function lets(app: ProbedApplication, path: string): Promise<boolean> {
  const { headers } = await app.get(path, { origin: 'https://foreign.invalid' })
  return ['*', 'https://foreign.invalid'].includes(headers.get('access-control-allow-origin') ?? '')
}

test('no-powered-by: the adapter holds the setting', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noPoweredBy,
    app: { fixture: 'nest-plain' },
    honest: notes,
    intended: ['x-powered-by'],
    weakness: async ({ get }) => (await get('/notes')).headers.has('x-powered-by'),
  }),
)

test('require-security-headers: those of Nest itself, helmet before 12.1, and its plugin on Fastify', { timeout: TIMEOUT }, async () => {
  const { after } = await provenFix({
    rule: requireSecurityHeaders,
    app: { fixture: 'nest-plain' },
    honest: notes,
    weakness: async ({ get }) => !(await get('/notes')).headers.has('content-security-policy'),
  })
  expect(after.get('src/main.ts')).toContain('app.useSecurityHeaders()')
  for (const major of [10, 11])
    for (const platform of ['express', 'fastify'] as const)
      await proveFix({ rule: requireSecurityHeaders, app: small(platform, major, { methods: hello }), honest, weakness: isBare })
})

test('require-security-headers: helmet comes before listen', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: requireSecurityHeaders,
    app: small('express', 12, { methods: hello })
      .replace('void bootstrap()', 'void bootstrap()')
      .replace('import { AppModule }', "import helmet from 'helmet'\nimport { AppModule }")
      .replace('PORT))\n}', 'PORT))\n  app.use(helmet())\n}')
      .replace('"rxjs"', '"helmet": "^8.3.0",\n    "rxjs"'),
    honest,
    weakness: isBare,
  }),
)

test('require-rate-limit: ThrottlerModule and its guard', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: requireRateLimit,
    app: { fixture: 'nest-plain' },
    honest: notes,
    weakness: async (app) => (await refusedAt(app, 'GET', '/notes', 101)) === null,
  })
  await proveFix({
    rule: requireRateLimit,
    app: small('fastify', 12, { methods: hello }),
    honest,
    weakness: async (app) => (await refusedAt(app, 'GET', '/', 101)) === null,
  })
})

test.each([10, 11])('require-rate-limit and no-permissive-cors on Nest %i', { timeout: TIMEOUT }, async (major) => {
  await proveFix({
    rule: requireRateLimit,
    app: small('express', major, { methods: hello }),
    honest,
    weakness: async (app) => (await refusedAt(app, 'GET', '/', 101)) === null,
  })
  await proveFix({
    rule: noPermissiveCors,
    app: small('fastify', major, { main: '  app.enableCors()\n', methods: hello }),
    honest,
    weakness: (app) => lets(app, '/'),
  })
})

test.each([11, 12])(
  'no-lax-auth-rate-limit: of named throttlers of Nest %i the long one gets strict',
  { timeout: TIMEOUT },
  async (major) => {
    const app = small('express', major, {
      head: `import { APP_GUARD } from '@nestjs/core'\nimport { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'`,
      methods: `${hello}\n\n  @Post('auth/login')\n  login() {\n    return { token: 'x' }\n  }`,
    })
    const names = `[{ name: 'short', ttl: 1000, limit: 50 }, { name: 'long', ttl: 60_000, limit: 60 }]`
    const { after } = await provenFix({
      rule: noLaxAuthRateLimit,
      app: app
        .replace(
          '@Module({ ',
          `@Module({ imports: [ThrottlerModule.forRoot(${names})], providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }], `,
        )
        .replace('"rxjs"', '"@nestjs/throttler": "^6.4.0",\n    "rxjs"'),
      honest,
      weakness: async (one) => (await refusedAt(one, 'POST', '/auth/login', 6)) === null || (await refusedAt(one, 'GET', '/', 20)) !== null,
    })
    expect(after.get('src/app.module.ts')).toContain('@Throttle({ long: { ttl: 900000, limit: 5 } })')
  },
)

test('require-auth-rate-limit: five attempts for the login alone', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: requireAuthRateLimit,
    app: small('express', 12, {
      methods: `${hello}

  @Post('auth/login')
  login() {
    return { token: 'x' }
  }`,
    }),
    honest,
    weakness: async (app) => (await refusedAt(app, 'POST', '/auth/login', 6)) === null || (await refusedAt(app, 'GET', '/', 20)) !== null,
  }),
)

test('no-unset-origin: on Fastify', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: noUnsetOrigin,
    app: small('fastify', 12, { main: '  app.enableCors({ origin: process.env.CORS_ORIGIN })\n', methods: hello }),
    honest: [],
    weakness: async ({ get }) => (await get('/')).status === 500,
  })
})

test('no-permissive-cors: by option, by call and by star, on both platforms', { timeout: TIMEOUT }, async () => {
  const weakness = (app: ProbedApplication) => lets(app, '/')
  await proveFix({ rule: noPermissiveCors, app: small('express', 12, { options: ', { cors: true }', methods: hello }), honest, weakness })
  await proveFix({ rule: noPermissiveCors, app: small('express', 12, { main: '  app.enableCors()\n', methods: hello }), honest, weakness })
  await proveFix({
    rule: noPermissiveCors,
    app: small('fastify', 12, { main: "  app.enableCors({ origin: '*' })\n", methods: hello }),
    honest,
    weakness,
  })
})

test('no-credentialed-any-origin: options that a helper hands on', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noCredentialedAnyOrigin,
    app: { fixture: 'nest-cors' },
    honest,
    weakness: (app) => lets(app, '/'),
  }),
)

test('no-error-object-in-response and no-stack-in-response: exceptions and filters', { timeout: TIMEOUT }, async () => {
  const { after } = await provenFix({
    rule: noErrorObjectInResponse,
    app: { fixture: 'nest-plain' },
    honest: notes,
    weakness: async ({ get }) => (await (await get('/notes/broken')).text()).includes('SELECT'),
  })
  expect(after.get('src/notes.controller.ts')).toContain("const logger = new Logger('NotesController')")
  await proveFix({
    rule: noStackInResponse,
    app: { fixture: 'nest-filters' },
    honest: [
      { method: 'GET', path: '/quiet', status: 200 },
      { method: 'GET', path: '/loud', status: 500 },
    ],
    weakness: async ({ get }) => (await (await get('/loud')).text()).includes('at '),
  })
})

test('no-error-object-in-response: an error with a status, which Nest 11 answers with its text', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noErrorObjectInResponse,
    app: small('express', 11, {
      methods: `${hello}

  @Get('broken')
  broken() {
    try {
      return JSON.parse('{ "pin_hash')
    } catch (error) {
      throw new AppError((error as Error).message, 500)
    }
  }`,
      head: `
class AppError extends Error {
  constructor(
    message: string,
    readonly statusCode: number,
  ) {
    super(message)
  }
}
`,
    }),
    honest,
    weakness: async ({ get }) => (await (await get('/broken')).text()).includes('JSON'),
  }),
)

test("no-console: Nest's Logger writes what console wrote", { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noConsole,
    app: small('express', 12, { methods: hello.replace('    return { ok', "    console.log('asked')\n    return { ok") }),
    honest,
    weakness: async ({ get, output }) => {
      await get('/')
      await new Promise((resolve) => setTimeout(resolve, 50))
      return /^asked$/m.test(output())
    },
  }),
)

test('no-secret-fallback and no-hardcoded-secret: the start fails without the variable', { timeout: TIMEOUT }, async () => {
  const withKey = (secret: string) =>
    small('express', 12, {
      methods: hello,
      head: "import { ConfigModule, ConfigService } from '@nestjs/config'\nimport { JwtModule } from '@nestjs/jwt'\n",
    })
      .replace(
        '@Module({ ',
        `@Module({
  imports: [
    ConfigModule.forRoot({ ignoreEnvFile: true }),
    JwtModule.registerAsync({
      imports: [ConfigModule],
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({ secret: ${secret} }),
    }),
  ],
  `,
      )
      .replace('"rxjs"', '"@nestjs/config": "^12.0.1",\n    "@nestjs/jwt": "^12.0.2",\n    "rxjs"')
  await proveFix({
    rule: noSecretFallback,
    app: withKey("config.get<string>('JWT_SECRET', 'a-dev-secret-of-mine')"),
    env: { JWT_SECRET: 'kd83jfls92jfke02jfks92jfk20fjsl3' },
    honest,
    weakness: ({ startsUnder }) => startsUnder({ JWT_SECRET: null }),
  })
  await proveFix({
    rule: noHardcodedSecret,
    app: withKey("config === null ? '' : 'pq93kfls82kdjf92lskd83jfks92kdjf'"),
    env: { JWT_SECRET: 'kd83jfls92jfke02jfks92jfk20fjsl3' },
    honest,
    weakness: ({ startsUnder }) => startsUnder({ JWT_SECRET: null }),
  })
})

test('no-hardcoded-secret: JwtModule gets its key when a file has filled the environment', { timeout: TIMEOUT }, () => {
  const key = 'pq93kfls82kdjf92lskd83jfks92kdjf'
  const app = small('express', 12, {
    methods: `  constructor(@Inject(JwtService) private readonly tokens: JwtService) {}

${hello}
  @Get('token')
  token() {
    return { token: this.tokens.sign({ id: 1 }) }
  }`,
    head: "import { ConfigModule } from '@nestjs/config'\nimport { JwtService } from '@nestjs/jwt'\nimport { AuthModule } from './auth.module'\n",
  })
    .replace('{ Controller,', '{ Controller, Inject,')
    .replace('@Module({ ', '@Module({ imports: [AuthModule, ConfigModule.forRoot()], ')
    .replace('"rxjs"', '"@nestjs/config": "^12.0.1",\n    "@nestjs/jwt": "^12.0.2",\n    "rxjs"')
  return proveFix({
    rule: noHardcodedSecret,
    app: `${app}
//- /src/auth.module.ts
import { Module } from '@nestjs/common'
import { JwtModule } from '@nestjs/jwt'

@Module({ imports: [JwtModule.register({ global: true, secret: '${key}' })] })
export class AuthModule {}
//- /.env
JWT_SECRET=kd83jfls92jfke02jfks92jfk20fjsl3
`,
    honest,
    weakness: async ({ get }) => {
      const [head = '', body = '', signature = ''] = ((await (await get('/token')).json()) as { token: string }).token.split('.')
      return createHmac('sha256', key).update(`${head}.${body}`).digest('base64url') === signature
    },
  })
})

test('no-ineffective-rate-limit: ThrottlerModule gets the guard that asks it', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noIneffectiveRateLimit,
    app: small('express', 12, { methods: hello, head: "import { ThrottlerModule } from '@nestjs/throttler'\n" })
      .replace('@Module({ ', '@Module({ imports: [ThrottlerModule.forRoot([{ ttl: 60_000, limit: 20 }])], ')
      .replace('"rxjs"', '"@nestjs/throttler": "^6.7.1",\n    "rxjs"'),
    honest,
    weakness: async (app) => (await refusedAt(app, 'GET', '/', 21)) === null,
  }),
)

test('no-ineffective-rate-limit: guards of one list change places', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noIneffectiveRateLimit,
    app: small('express', 12, {
      methods: `${hello}
  @UseGuards(PasswordGuard, ThrottlerGuard)
  @Get('accounts')
  accounts(): string[] {
    return []
  }`,
      head: `import { type CanActivate, type ExecutionContext, UnauthorizedException, UseGuards } from '@nestjs/common'
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler'

class PasswordGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest()
    if (request.headers['x-password'] !== process.env.ADMIN_PASSWORD) throw new UnauthorizedException()
    return true
  }
}
`,
    })
      .replace('@Module({ ', '@Module({ imports: [ThrottlerModule.forRoot([{ ttl: 60_000, limit: 20 }])], ')
      .replace('"rxjs"', '"@nestjs/throttler": "^6.7.1",\n    "rxjs"'),
    env: { ADMIN_PASSWORD: 'open sesame' },
    honest: [...honest, { method: 'GET', path: '/accounts', headers: { 'x-password': 'open sesame' }, status: 200 }],
    weakness: async (app) => (await refusedAt(app, 'GET', '/accounts', 21)) === null,
  }),
)

test('no-ineffective-rate-limit: @fastify/rate-limit refuses with 429 and not with 500', { timeout: TIMEOUT }, async () => {
  const limited = (options: string): string =>
    small('fastify', 12, { main: `  await app.register(rateLimit${options})\n`, methods: hello })
      .replace('import { AppModule }', "import rateLimit from '@fastify/rate-limit'\nimport { AppModule }")
      .replace('"rxjs"', '"@fastify/rate-limit": "^11.2.0",\n    "rxjs"')
  await proveFix({
    rule: noIneffectiveRateLimit,
    app: limited(", { max: 5, timeWindow: '1 minute' }"),
    honest,
    weakness: async ({ get }) => {
      const statuses = []
      for (let number = 1; number <= 6; number++) statuses.push((await get('/')).status)
      return statuses.at(-1) === 500
    },
  })
})

test('require-process-error-handlers: what is lost is logged by the logger of Nest, and not printed by Node', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: requireProcessErrorHandlers,
    app: small('express', 12, {
      methods: `${hello}

  @Get('reject')
  reject() {
    void Promise.reject(new Error('lost connection'))
    return { ok: true }
  }`,
    }),
    honest,
    weakness: async ({ get, output }) => {
      await get('/reject')
      await new Promise((resolve) => setTimeout(resolve, 300))
      return /Node\.js v\d+/.test(output())
    },
  }),
)

test('no-weakened-security-headers: options of what Nest sets itself', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noWeakenedSecurityHeaders,
    // Nest sets them from 12.1 on.
    app: small('express', 12, { main: '  app.useSecurityHeaders({ xContentTypeOptions: false })\n', methods: hello }).replaceAll(
      '^12.0.0',
      '^12.1.0',
    ),
    honest,
    weakness: async ({ get }) => !(await get('/')).headers.has('x-content-type-options'),
  }),
)
