const fs = require('fs')
const path = require('path')
const express = require('express')
const morgan = require('morgan')

const app = express()
app.use(morgan('combined'))
app.use(express.urlencoded({ extended: false }), express.json())

const routesFolder = path.join(__dirname, 'routes')
fs.readdirSync(routesFolder)
  .filter(file => file.endsWith('.js') && file !== 'index.js')
  .forEach(file => {
    const name = path.basename(file, '.js')
    app.use(`/${name}`, require(path.join(routesFolder, file)))
  })

for (const file of fs.readdirSync(__dirname + '/pages')) {
  require('./pages/' + file)(app)
}

app.listen(process.env.PORT || 8080)
