const { FlowServer } = require('../server')
const { BaseCommand } = require('../BaseCommand')

class Start extends BaseCommand {
  async run() {
    await this.prepare()
    const server = new FlowServer()
    await server.initialise()
    await server.listen(this.port)
    this.log('flowboard is up')
  }
}

exports.default = Start
