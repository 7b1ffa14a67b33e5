// Models of a folder under the names that an ORM keeps.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { originOf } from '../model/origins.js'

test.each([
  ["sequelize.define('User', {})", 'name', 'sequelize'],
  ["require('mongoose').model('User', {})", 'modelName', 'mongoose'],
])('%s has its name under %s', (made, name, expected) => {
  const model = modelOf(`
    //- /package.json
    { "dependencies": { "express": "^4.21.0", "mongoose": "^8.0.0", "sequelize": "^6.0.0" }, "scripts": { "start": "node app.js" } }
    //- /models/index.js
    const fs = require('fs')
    const path = require('path')
    const { Sequelize } = require('sequelize')
    const sequelize = new Sequelize(process.env.DATABASE_URL)
    const db = {}
    fs.readdirSync(__dirname)
      .filter((file) => file !== path.basename(__filename) && file.slice(-3) === '.js')
      .forEach((file) => {
        const model = require(path.join(__dirname, file))(sequelize)
        db[model.${name}] = model
      })
    module.exports = db
    //- /models/user.js
    module.exports = (sequelize) => ${made}
    //- /app.js
    const { User } = require('./models')
    const app = require('express')()
    User.create({ name: 'first' })
    app.listen(3000)
  `)
  const creating = model.calls.filter(({ callee }) => callee.kind === 'member' && callee.name === 'create')
  expect(creating.map(({ callee }) => originOf(callee)?.package)).toEqual([expected])
})
