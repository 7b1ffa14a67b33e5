class BaseCommand {
  constructor(options) {
    this.options = options
    this.port = Number(process.env.PORT || 3000)
  }

  async prepare() {
    process.on('unhandledRejection', error => this.log(`unhandled: ${error}`))
  }

  log(line) {
    process.stdout.write(`${line}\n`)
  }
}

module.exports = { BaseCommand }
