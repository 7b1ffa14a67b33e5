// Log files stay within a size.
import { cwe, defineRule } from '../../analyzer/check/rule.js'
import { suggestion } from '../../analyzer/fix/fix.js'
import { growingLogs } from '../../analyzer/model/logging/growingLogs.js'

export default defineRule({
  id: 'require-log-rotation',
  summary: 'Log files have a largest size and a largest number.',
  category: 'logging',
  severity: 'info',
  presets: ['strict'],
  frameworks: ['express', 'fastify'],
  references: [
    cwe(400),
    { name: 'winston: File transport', url: 'https://github.com/winstonjs/winston/blob/master/docs/transports.md#file-transport' },
    { name: 'pino: log rotation', url: 'https://getpino.io/#/docs/help?id=log-rotation' },
  ],
  messages: {
    size: {
      what: '{what} grows without end.',
      why: 'It grows until the disk is full. Then uploads, sessions and the database fail as well, and whoever sends enough requests decides when.',
      how: 'Give it a largest size and a largest number of files, or write to standard output and let the platform keep the log.',
    },
    files: {
      what: '{what} leaves its old files behind for ever.',
      why: 'Each file is limited, their number is not, so the disk fills up all the same.',
      how: 'Say how many files are kept with maxFiles.',
    },
  },
  *check(model) {
    for (const { at, limit, what, settings, call, confidence } of growingLogs(model)) {
      const fix = suggestion('Keep five files of 5 MB', (editor) => {
        for (const [key, code] of settings) editor.setProperty(call.at, key, code)
      })
      yield { message: limit, at, data: { what }, confidence, fix: settings.length > 0 ? fix : null }
    }
  },
})
