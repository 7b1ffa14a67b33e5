// What a route is for and what it costs, by its path, by the names in it and by what its handler does.
import { expect, test } from 'vitest'
import { modelOf } from '../../../testing/model.js'
import { isCredentialRoute } from './routeCharacter.js'
import { coversPath, joinPaths, pathWords } from '../routePaths.js'
import { isWeakWord, kindOfName, kindOfPath } from './routeWords.js'
import { expensiveWork } from '../work.js'

function routeOf(code: string): { readonly kind: string | null; readonly why: string; readonly work: readonly string[] } {
  const model = modelOf(`
//- /package.json
{ "name": "a", "main": "a.js", "scripts": { "start": "node a.js" }, "dependencies": { "express": "5" } }
//- /a.js
const express = require('express')
const app = express()
${code}
app.listen(1)
`)
  const route = model.routes[0]
  if (route === undefined) throw new Error('no route')
  return { ...isCredentialRoute(model, route), work: expensiveWork(model, route).map(({ kind, what }) => `${kind}: ${what}`) }
}

test.each([
  ['/login', 'login'],
  ['/accounts/recover', 'password-reset'],
  ['/api/account-recovery', 'password-reset'],
  ['/api/v1/auth/sign-in', 'login'],
  ['/api/session', 'login'],
  ['/auth', 'login'],
  ['/users/register', 'signup'],
  ['/signUp', 'signup'],
  ['/auth/forgot-password', 'password-reset'],
  ['/auth/resetPassword/:token', 'password-reset'],
  ['/auth/forgotpassword', 'password-reset'],
  ['/forgot', 'password-reset'],
  ['/auth/reset', 'password-reset'],
  ['/users/:id/password/change', 'password-reset'],
  ['/auth/refresh-tokens', 'token'],
  ['/auth/refresh', 'token'],
  ['/oauth/token', 'token'],
  ['/2fa/enable', 'otp'],
  ['/verify-otp', 'otp'],
  ['/verify-email', 'verification'],
  ['/auth/send-code', 'otp'],
  ['/api/v1/sendCode', 'otp'],
  ['/users/:id/phone/validate-code', 'otp'],
  ['/cards/:id/check-pin', 'otp'],
  ['/auth/magic-link', 'otp'],
  ['/code/verification', 'otp'],
  ['/reset-pin', 'password-reset'],
  ['/auth/local', 'login'],
  ['/iniciar-sesion', 'login'],
  ['/usuarios/ingresar', 'login'],
  ['/konto/anmelden', 'login'],
  ['/utilisateurs/connexion', 'login'],
  ['/konto/registrieren', 'signup'],
  ['/crearCuenta', 'signup'],
  ['/inscription', 'signup'],
  ['/passwort-vergessen', 'password-reset'],
  ['/recuperarContrasena', 'password-reset'],
  ['/mot-de-passe-oublie', 'password-reset'],
  ['/esqueci-minha-senha', 'password-reset'],
  ['/verificar-codigo', 'otp'],
  ['/auth/send-verification-email', 'verification'],
  ['/payments', 'payment'],
  ['/checkout/session-create', 'payment'],
  ['/files/upload', 'upload'],
  ['/admin/users', 'admin'],
])('the path %s is about %s', (path, kind) => {
  expect(kindOfPath(path)?.kind).toBe(kind)
})

test.each([
  '/users',
  '/coupons/:id/validate-code',
  '/promo/check-code',
  '/users/:id/coupon/check-code',
  '/playground/check-code',
  '/currencies/validate-code',
  '/firmware/code-check',
  '/zip/check-code',
  '/maps/pins',
  '/verificar-codigo-postal',
  '/productos/verificar-codigo',
  '/registro-horario',
  '/connexions/:id',
  '/inicio',
  '/webhook/payment',
  '/logout',
  '/audit/login-activity',
  '/health',
  '/posts/:id/comments',
  '/authors',
  '/loginless',
  '/login/history',
])('the path %s says nothing', (path) => {
  expect(kindOfPath(path)).toBeNull()
})

test('methods: GET is none, DELETE only for administration', () => {
  expect(routeOf("app.get('/login', (req, res) => res.end())").kind).toBeNull()
  expect(routeOf("app.delete('/login', (req, res) => res.end())").kind).toBeNull()
  expect(routeOf("app.delete('/admin/users/:id', (req, res) => res.end())")).toMatchObject({ kind: 'admin', why: 'path says "admin"' })
  expect(routeOf("app.post('/login', (req, res) => res.end())")).toMatchObject({ kind: 'login', why: 'path says "login"' })
})

test('what the handler does says it where the path does not', () => {
  expect(
    routeOf("const passport = require('passport'); app.post('/enter', passport.authenticate('local'), (req, res) => res.end())").kind,
  ).toBe('login')
  expect(
    routeOf("const passport = require('passport'); app.post('/things', passport.authenticate('jwt'), (req, res) => res.end())").kind,
  ).toBeNull()
  expect(
    routeOf(
      "const bcrypt = require('bcrypt'); app.post('/enter', async (req, res) => { if (await bcrypt.compare(req.body.p, 'x')) res.end() })",
    ).kind,
  ).toBe('login')
  expect(
    routeOf(
      "app.post('/enter', async (req, res) => { const user = await store.find(1); if (await user.comparePassword(req.body.p)) res.end() })",
    ).kind,
  ).toBe('login')
  expect(routeOf("const multer = require('multer'); app.post('/things', multer({}).single('f'), (req, res) => res.end())")).toMatchObject({
    kind: 'upload',
    why: 'takes files',
  })
  expect(routeOf("function forgotPassword(req, res) { res.end() } app.post('/enter', forgotPassword)")).toMatchObject({
    kind: 'password-reset',
  })
  expect(routeOf("const { totp } = require('speakeasy'); app.post('/enter', (req, res) => res.json(totp.verify({})))").kind).toBe('otp')
})

test('a handler that refuses wrong passwords, by whatever checks them', () => {
  const entering = (body: string): unknown =>
    routeOf(`const { createHash } = require('crypto')
class Accounts {
  digest(password, salt) { return createHash('sha256').update(salt + password).digest('hex') }
  async verify(email, password) {
    const account = await store.find(email)
    if (!account) return null
    return account.hash === this.digest(password, account.salt) ? account : null
  }
}
const accounts = new Accounts()
app.post('/mobile', async (req, res) => { ${body} })`)
  const refused = { kind: 'login', why: 'the handler refuses wrong passwords' }
  expect(
    entering(
      'const account = await accounts.verify(req.body.email, req.body.password); if (!account) return res.status(401).end(); res.end()',
    ),
  ).toMatchObject(refused)
  expect(entering('if (req.body.password !== process.env.ADMIN_PASSWORD) return res.status(403).end(); res.end()')).toMatchObject(refused)
  const none = { kind: null }
  expect(entering('if (req.body.password !== req.body.repeated) return res.status(403).end(); res.end()')).toMatchObject(none)
  expect(entering('if (!req.body.password) return res.status(401).end(); res.end()')).toMatchObject(none)
  expect(entering('if (req.body.password.length < 12) return res.status(400).end(); res.end()')).toMatchObject(none)
  expect(entering('if (req.headers["x-api-key"] !== process.env.API_KEY) return res.status(401).end(); res.end()')).toMatchObject(none)
})

test('a handler that sets a password for whoever brings the right token', () => {
  const resetting = (body: string): unknown =>
    routeOf(`const bcrypt = require('bcryptjs')
const jwt = require('jsonwebtoken')
const { User } = require('./missing')
const tokens = { matches: (kept, token) => kept === token }
const accounts = {
  async reset(token, password) {
    const user = await User.findOne({ resetToken: token })
    if (!user) throw new Error('expired')
    user.passwordHash = await bcrypt.hash(password, 12)
    await user.save()
  },
}
app.post('/reset', async (req, res) => {
  const user = await User.findOne({ email: req.body.email })
  ${body}
  res.end()
})`)
  const set = { kind: 'password-reset', why: 'the handler sets a password by a token' }
  expect(
    resetting(
      'if (!user || user.resetToken !== req.body.token) return res.status(400).end(); await user.setPassword(String(req.body.password))',
    ),
  ).toMatchObject(set)
  expect(
    resetting(
      'if (!tokens.matches(user.resetToken, req.body.token)) return res.status(400).end(); user.hash = await bcrypt.hash(req.body.password, 12)',
    ),
  ).toMatchObject(set)
  expect(resetting('await accounts.reset(req.query.code, req.body.password)')).toMatchObject(set)
  expect(
    resetting(
      'const { code, newPassword } = req.body; if (user.code === code) await User.update({ password: await bcrypt.hash(newPassword, 12) })',
    ),
  ).toMatchObject(set)
  const none = { kind: null }
  for (const body of [
    'await user.setPassword(String(req.body.password))',
    'if (!req.body.token) return res.status(400).end(); await user.setPassword(req.body.password)',
    "if (req.body.token === '') return res.status(400).end(); await user.setPassword(req.body.password)",
    'if (user.csrfToken !== req.body.csrfToken) return res.status(400).end(); await user.setPassword(req.body.password)',
    'if (user.zipCode !== req.body.zipCode) return res.status(400).end(); await user.setPassword(req.body.password)',
    'if (user.confirmToken !== req.body.token) return res.status(400).end(); await user.update({ name: req.body.name })',
    "const claims = jwt.verify(req.body.token, process.env.KEY, { algorithms: ['HS256'] }); if (claims.sub === user.id) await user.setPassword(req.body.password)",
  ])
    expect(resetting(body), body).toMatchObject(none)
})

test('names of handlers', () => {
  expect(kindOfName('loginUser')).toBe('login')
  expect(kindOfName('registerController')).toBe('signup')
  expect(kindOfName('registerPlugin')).toBeNull()
})

test('expensive work by package, and by names that say nothing else', () => {
  expect(
    routeOf(`
const nodemailer = require('nodemailer')
const transport = nodemailer.createTransport({})
const bcrypt = require('bcrypt')
const fs = require('fs')
const mongoose = require('mongoose')
const User = mongoose.model('User', {})
app.post('/x', async (req, res) => {
  await transport.sendMail({})
  await bcrypt.hash(req.body.p, 10)
  await fs.promises.writeFile('a', 'b')
  await User.create({})
  await User.create({})
  res.end()
})`).work,
  ).toEqual(['mail: nodemailer sendMail', 'hashing: bcrypt hash', 'file system: fs writeFile', 'database write: mongoose create'])
  expect(routeOf("app.post('/x', async (req, res) => { const user = await lookup(); await user.save(); res.end() })").work).toEqual([
    'database write: save',
  ])
  expect(routeOf("app.get('/x', (req, res) => { res.json({}) })").work).toEqual([])
  expect(routeOf("app.get('/x', (req, res) => { res.sendFile('a.html') })").work).toEqual(['file system: sendFile'])
})

test('paths join and cover by segments', () => {
  expect([joinPaths('/api', '/users'), joinPaths('', '/x'), joinPaths('/api/', ''), joinPaths(null, '/x'), joinPaths('', '')]).toEqual([
    '/api/users',
    '/x',
    '/api',
    null,
    '/',
  ])
  expect([
    coversPath('', '/x'),
    coversPath('/API', '/api/x'),
    coversPath('/api', '/apix'),
    coversPath('/api', '/'),
    coversPath('/a/:id', '/a/1'),
    coversPath(null, '/x'),
    coversPath('/a', null),
    coversPath('/a/b', '/a/:id'),
    coversPath('*', '/x'),
    coversPath('/(a|b)', '/a'),
  ]).toEqual(['yes', 'yes', 'no', 'no', 'yes', 'unknown', 'unknown', 'unknown', 'yes', 'unknown'])
  expect(pathWords('/auth/resetPassword/:token/do_it')).toEqual(['auth', 'reset', 'password', 'do', 'it'])
})

test('what passes every request on to the routes behind it is no route of its own', () => {
  const layer = `const authenticate = (req, res, next) => { if (!req.get('authorization')) return res.sendStatus(401); next() }`
  expect(routeOf(`${layer}\napp.route('/invoices').all(authenticate).get((req, res) => res.json([]))`).kind).toBeNull()
  expect(routeOf(`app.all('/session', (req, res) => res.json({}))`).kind).toBe('login')
  expect(routeOf(`app.all('/session', (req, res, next) => import('../x.js').then((x) => x.login(req, res, next)))`).kind).toBe('login')
})

test('words that mean other things as well leave doubt', () => {
  expect(['auth', 'registro', 'connexion', 'inscription', 'registration'].filter((word) => !isWeakWord(`path says "${word}"`))).toEqual([])
  expect(['login', 'iniciar sesion', 'passwort vergessen'].filter((word) => isWeakWord(`path says "${word}"`))).toEqual([])
  expect(isWeakWord('the handler is called auth')).toBe(false)
})
