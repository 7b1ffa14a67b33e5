// Packages that load all modules of a folder register the routes in them, in the order of their names.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'

const packageFile = `
    //- /package.json
    { "name": "a", "scripts": { "start": "node src/server.js" }, "dependencies": { "express": "4" } }`

const router = (file: string, route: string): string => `
    //- /${file}
    const router = require('express').Router()
    router.${route}
    module.exports = router`

const routesOf = (fixture: string): readonly string[] =>
  modelOf(packageFile + fixture).routes.map(({ method, path }) => `${method} ${path}`)

test('require-dir: the modules beside, without the file that asks, and folders where they are wanted', () => {
  const server = (options: string): string => `
    //- /src/server.js
    const requireDir = require('require-dir')
    const app = require('express')()
    const hooks = requireDir('./hooks'${options})
    Object.keys(hooks).forEach((name) => { if (name !== 'deep') app.use('/hooks/' + name, hooks[name]) })
    if (hooks.deep) app.use('/deep', hooks.deep.bank)
    app.listen(3000)
    ${router('src/hooks/stripe.js', "post('/', (req, res) => res.end())")}
    ${router('src/hooks/github.js', "post('/', (req, res) => res.end())")}
    ${router('src/hooks/deep/bank.js', "put('/', (req, res) => res.end())")}`
  expect(routesOf(server(''))).toEqual(['POST /hooks/github', 'POST /hooks/stripe'])
  expect(routesOf(server(', { recurse: true }'))).toEqual(['POST /hooks/github', 'POST /hooks/stripe', 'PUT /deep'])
})

test('require-all: names by its filter', () => {
  const found = routesOf(`
    //- /src/server.js
    const path = require('path')
    const app = require('express')()
    const routers = require('require-all')({ dirname: path.join(__dirname, 'api'), filter: /(.+)Router\\.js$/ })
    for (const name in routers) app.use('/' + name, routers[name])
    app.listen(3000)
    ${router('src/api/usersRouter.js', "get('/', (req, res) => res.end())")}
    ${router('src/api/notes.js', "get('/', (req, res) => res.end())")}`)
  expect(found).toEqual(['GET /users'])
})

test('consign and express-load: what modules export is called with the application, and stands there for those that come later', () => {
  const parts = `
    //- /src/controllers/users.js
    module.exports = (app) => ({ list: (req, res) => res.json([]) })
    //- /src/routes/admin/users.js
    module.exports = (app) => app.get('/admin/users', app.controllers.users.list)
    //- /src/routes/users.js
    module.exports = (app) => { app.get('/users', app.controllers.users.list) }`
  const expected = ['GET /admin/users', 'GET /users']
  expect(
    routesOf(`
    //- /src/server.js
    const app = require('express')()
    require('consign')({ cwd: 'src', verbose: false }).include('controllers').then('routes').into(app)
    app.listen(3000)
    ${parts}`),
  ).toEqual(expected)
  expect(
    routesOf(`
    //- /src/server.js
    const load = require('express-load')
    const app = require('express')()
    load('controllers', { cwd: 'src' }).then('routes').into(app)
    app.listen(3000)
    ${parts}`),
  ).toEqual(expected)
})

test('existsSync: what a build makes of a module is there, and what nobody wrote is not', () => {
  const found = routesOf(`
    //- /src/server.ts
    import express from 'express'
    import fs from 'fs'
    import path from 'path'
    const app = express()
    for (const name of ['users', 'absent']) {
      const file = path.join(__dirname, 'api', name + '.js')
      if (fs.existsSync(file)) app.use('/' + name, require(file))
      else app.get('/without-' + name, (req, res) => res.end())
    }
    app.listen(3000)
    ${router('src/api/users.ts', "get('/', (req, res) => res.end())")}`)
  expect(found).toContain('GET /users')
  expect(found).toContain('GET /without-absent')
  expect(found.filter((route) => route.startsWith('GET /absent'))).toEqual([])
})

test('a folder that fs lists, below a path that ends in a slash and in folders of its own', () => {
  const found = routesOf(`
    //- /src/server.js
    const fs = require('fs')
    const path = require('path')
    const app = require('express')()
    const walk = (folder) => fs.readdirSync(folder).forEach((name) => {
      if (fs.statSync(folder + name).isFile()) app.use(require(folder + name))
      else walk(\`\${folder}\${name}/\`)
    })
    walk(path.join(__dirname, '/api/'))
    app.listen(3000)
    ${router('src/api/users.js', "get('/users', (req, res) => res.end())")}
    ${router('src/api/admin/keys.js', "get('/keys', (req, res) => res.end())")}`)
  expect(found).toEqual(['GET /keys', 'GET /users'])
})

test('auto-load: names in camel case, below the folder of the package', () => {
  const server = (options: string, use: string): string => `
    //- /src/server.js
    const path = require('path')
    const load = require('auto-load')
    const app = require('express')()
    const found = load(path.join(process.cwd(), 'src/controllers')${options})
    ${use}
    app.listen(3000)
    ${router('src/controllers/page-list.js', "get('/pages', (req, res) => res.end())")}
    ${router('src/controllers/admin/index.js', "get('/admin', (req, res) => res.end())")}`
  expect(routesOf(server('', 'app.use(found.pageList); app.use(found.admin.index)'))).toEqual(['GET /pages', 'GET /admin'])
  expect(routesOf(server(', { deep: false }', 'app.use(found.pageList); if (found.admin) app.use(found.admin.index)'))).toEqual([
    'GET /pages',
  ])
})

test('require-directory: the modules beside, what a visitor makes of them, and the folder that is named', () => {
  const server = (call: string): string => `
    //- /src/routes/index.js
    const load = require('require-directory')
    module.exports = ${call}
    //- /src/server.js
    const app = require('express')()
    const found = require('./routes')
    for (const name of Object.keys(found)) app.use('/' + name, name === 'deep' ? found.deep.inner : found[name])
    app.listen(3000)
    ${router('src/routes/pages.js', "get('/', (req, res) => res.end())")}
    ${router('src/routes/deep/inner.js', "get('/', (req, res) => res.end())")}`
  expect(routesOf(server('load(module)'))).toEqual(['GET /deep', 'GET /pages'])
  expect(routesOf(server('load(module, { recurse: false })'))).toEqual(['GET /pages'])
  expect(routesOf(server("load(module, './deep')"))).toEqual(['GET /inner'])
})

test('the folder that a program is started in is that of its package', () => {
  const found = modelOf(`
    //- /package.json
    { "name": "root", "private": true, "workspaces": ["apps/*"] }
    //- /apps/api/package.json
    { "name": "api", "scripts": { "start": "node src/server.js" }, "dependencies": { "express": "4" } }
    //- /apps/api/src/server.js
    const fs = require('fs')
    const path = require('path')
    const app = require('express')()
    const folder = path.join(process.cwd(), 'src', 'routes')
    fs.readdirSync(folder).forEach((file) => app.use(require(path.join(folder, file))))
    app.listen(3000)
    ${router('apps/api/src/routes/pages.js', "get('/pages', (req, res) => res.end())")}`)
  expect(found.routes.map(({ path }) => path)).toEqual(['/pages'])
})
