// Counts through commands of Redis, as the package of this name does with a script: the client is the application's own.
'use strict'

class RedisStore {
  constructor({ sendCommand, prefix = 'rl:' }) {
    this.sendCommand = sendCommand
    this.prefix = prefix
  }

  init({ windowMs }) {
    this.windowMs = windowMs
  }

  async increment(key) {
    const totalHits = Number(await this.sendCommand('INCR', this.prefix + key))
    if (totalHits === 1) await this.sendCommand('PEXPIRE', this.prefix + key, String(this.windowMs))
    return { totalHits, resetTime: new Date(Date.now() + this.windowMs) }
  }

  async decrement(key) {
    await this.sendCommand('DECR', this.prefix + key)
  }

  async resetKey(key) {
    await this.sendCommand('DEL', this.prefix + key)
  }
}

module.exports = { RedisStore, default: RedisStore }
