const { BaseCommand } = require('../BaseCommand')

exports.default = class Help extends BaseCommand {
  async run() {
    this.log('flowboard start | help')
  }
}
