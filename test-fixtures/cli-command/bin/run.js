#!/usr/bin/env node
const path = require('path')

const [, , name = 'help', ...rest] = process.argv
const commands = path.resolve(__dirname, '..', 'src', 'commands')
const Command = require(path.join(commands, name)).default

new Command(rest).run().catch(error => {
  console.error(error.message)
  process.exitCode = 1
})
