// Logins, and what is written about them.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { nestFixture } from '../../testing/nestFixture.js'
import rule from './rule.js'

const server = (login: string, lines = ''): string => `//- /server.js
const express = require('express')
const bcrypt = require('bcrypt')
const logger = require('winston').createLogger({})
const { User } = require('./user')
const app = express()
app.use(express.json())
${lines}
${login}
app.listen(3000, () => logger.info('up'))
//- /user.js
const mongoose = require('mongoose')
exports.User = mongoose.model('User')
`

const handler = (failed: string, done = ''): string => `app.post('/login', async (req, res, next) => {
  const user = await User.findOne({ email: req.body.email })
  if (!(await bcrypt.compare(req.body.password, user.hash))) ${failed}
  ${done}res.json({ id: user.id })
})`

test('a login of which nobody learns', () => {
  const silent = handler('return res.sendStatus(401)').replace(
    'next) => {\n',
    'next) => {\n^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium, info] Nobody learns of logins at /login => no fix\n',
  )
  check(rule, server(silent))
  check(rule, server(silent, `app.use((err, req, res, next) => res.status(500).json({ error: 'Failed' }))`))
})

test('two logins are one finding', () => {
  const login = handler('return res.sendStatus(401)')
  const marked = login.replace('next) => {\n', 'next) => {\n^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] Nobody learns\n')
  const other = login
    .replace("'/login'", "'/admin/login'")
    .replace('next) => {\n', 'next) => {\n~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] nor at /admin/login\n')
  check(rule, server(`${marked}\n${other}`))
})

test('something is written', () => {
  const fails = 'return res.sendStatus(401)'
  for (const [login, lines] of [
    [handler(`{ logger.warn('failed'); return res.sendStatus(401) }`)],
    [handler(fails, `logger.info('login'); `)],
    [handler(fails, `console.log('login'); `)],
    [handler(`return next(new Error('no'))`, '') + `\napp.use((err, req, res, next) => { logger.error(err); res.sendStatus(500) })`],
    [handler(fails), `app.use(require('morgan')('combined'))`],
    [handler(fails), `app.use((req, res, next) => { logger.info(req.method); next() })`],
    [handler(fails, `await User.recordLogin(user); `)],
    [handler(fails, `audit(user); `) + `\nfunction audit(user) { logger.info('login') }`],
    [handler(fails, `require('./elsewhere').done(user); `)],
    [`app.post('/login', require('./missing'))`],
  ] as const)
    check(rule, server(login, lines))
})

test('no logger, no process, no login', () => {
  check(rule, `//- /server.js\nconst app = require('express')()\napp.post('/login', (req, res) => res.json({}))\napp.listen(3000)`)
  check(rule, server(`app.post('/login', (req, res) => res.json({}))`).replace(/app\.listen.*/, 'module.exports = app'))
  check(rule, server(`app.post('/notes', (req, res) => res.json({}))`))
  check(rule, server(handler('return res.sendStatus(401)')), { gateway: ['logging'] })
})

const nest = (body: string): string =>
  nestFixture(`//- /app.module.ts
import { Body, Controller, Logger, Module, Post, UnauthorizedException } from '@nestjs/common'
import { compare } from 'bcrypt'
@Controller('auth')
class AuthController {
  private readonly logger = new Logger('auth')
  @Post('login')
${body}
}
@Module({ controllers: [AuthController] })
export class AppModule {}
`)

test('Nest', () => {
  check(
    rule,
    nest(`  async login(@Body() body: any) {
    if (!(await compare(body.password, 'hash'))) throw new UnauthorizedException()
    return { ok: true }
  }`).replace("  @Post('login')\n", "  @Post('login')\n  ^^^^^^^^^^^^^^ [medium] Nobody learns of logins at /auth/login\n"),
  )
  check(
    rule,
    nest(`  async login(@Body() body: any) {
    this.logger.log('login')
    return { ok: true }
  }`),
  )
})
