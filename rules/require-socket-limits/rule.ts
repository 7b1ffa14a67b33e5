// Messages of sockets have a largest size.
import { affected, asvs, cwe, defineRule } from '../../analyzer/check/rule.js'
import { suggestion, type Editor } from '../../analyzer/fix/fix.js'
import { type LargeMessages, largeMessages } from '../../analyzer/model/sockets/messageSizes.js'

const why =
  'Each message is collected in memory until its last byte is there. A few connections that send the largest one at once take gigabytes, and the process ends for everybody.'

export default defineRule({
  id: 'require-socket-limits',
  summary: 'Servers of sockets take no messages that are larger than an honest one.',
  category: 'sockets',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(770),
    asvs('13.1.1'),
    { name: 'ws: maxPayload', url: 'https://github.com/websockets/ws/blob/master/doc/ws.md#new-websocketserveroptions-callback' },
    { name: 'socket.io: maxHttpBufferSize', url: 'https://socket.io/docs/v4/server-options/#maxhttpbuffersize' },
  ],
  messages: {
    default: {
      what: '{name} takes messages of up to 100 MiB.',
      why: `That is what counts where nobody says how large a message may be. ${why}`,
      how: 'Set maxPayload to what the largest honest message needs, such as 1024 * 1024.',
    },
    raised: {
      what: '{name} takes messages of up to {size}.',
      why,
      how: 'Set {option} to what the largest honest message needs, and let files come in by a route that takes uploads.',
    },
    off: {
      what: '{name} takes messages of any size.',
      why,
      how: 'Set {option} to what the largest honest message needs, such as 1024 * 1024.',
    },
  },
  *check(model) {
    const all = largeMessages(model)
    const gateways = all.filter(({ server, how }) => server.kind === 'gateway' && how === 'default')
    for (const found of all) {
      // What gateways leave out they leave out together: the adapter hands on what each says.
      const group = gateways.includes(found) ? gateways : [found]
      if (group[0] !== found) continue
      const { server, at, how, size, option, confidence } = found
      const related = group.slice(1).map((other) => affected(other.at, 'this gateway says nothing either'))
      yield {
        message: how,
        at,
        data: { name: server.name, size, option },
        confidence,
        related,
        fix: suggestion('Take messages of up to 1 MiB', (editor) => group.forEach((one) => limit(editor, one))),
      }
    }
  },
})

function limit(editor: Editor, { server, option }: LargeMessages): void {
  const { call, options, argument, within } = server
  if (options !== null && options !== 'unknown') editor.setProperty(options.at, option, '1024 * 1024')
  else if (within !== null) editor.setProperty(call.at, within, `{ ${option}: 1024 * 1024 }`, argument)
  else editor.setProperty(call.at, option, '1024 * 1024', argument)
}
