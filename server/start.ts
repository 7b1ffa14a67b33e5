// Starts the server on the process's own streams, or on the channel that the arguments name.
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node'
import { createMemoryKeeper } from './restingMemory.js'
import { serve } from './serve.js'

/** Serves until the client ends the process. `--node-ipc`, `--socket` and `--pipe` are understood too; without any of them the streams are used. */
export function startServer(version: string): void {
  const names = process.argv.some((argument) => /^--(node-ipc|socket|pipe|stdio)\b/.test(argument))
  const connection = names ? createConnection(ProposedFeatures.all) : createConnection(ProposedFeatures.all, process.stdin, process.stdout)
  // A fault in one answer must not take the server down: editors give up on one that ends again and again.
  process.on('unhandledRejection', (reason) =>
    connection.console.error(reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)),
  )
  serve(connection, { version, afterAnalysis: createMemoryKeeper() })
  connection.listen()
}
