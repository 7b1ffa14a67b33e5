// Servers that production starts as a developer does: compiled at start, restarted on changes, open to a debugger.
import { cwe, defineRule } from '../../analyzer/check/rule.js'
import { developerStartOf } from '../../analyzer/model/deployment/developerStarts.js'
import { productionNodeOptions } from '../../analyzer/model/deployment/nodeOptions.js'
import { productionStarts } from '../../analyzer/model/deployment/productionStarts.js'

export default defineRule({
  id: 'no-runtime-transpilation',
  summary: 'Production starts what was built, without compilers, watchers and debuggers.',
  category: 'deployment',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(489),
    { name: 'Docker and Node.js best practices', url: 'https://github.com/nodejs/docker-node/blob/main/docs/BestPractices.md#cmd' },
  ],
  messages: {
    transpile: {
      what: 'Production starts the server with {what}, which compiles it at every start.',
      why: 'Each start takes seconds and memory more, a type error or a missing development package is noticed when the server fails to start, and the compiler and its packages are deployed with it.',
      how: 'Compile when the image or release is built (tsc, or the build script), and start the result with `node dist/…`.',
    },
    watch: {
      what: 'Production starts the server with {what}, which restarts it when a file changes.',
      why: 'An upload, a log or a cache written beside the code cuts all requests off. After a crash most watchers wait for a change of a file, so that nothing starts the server again, and signals to stop do not always reach it.',
      how: 'Start what was built with `node`, and keep the watcher for a script of developers.',
    },
    inspect: {
      what: 'Production starts the server with {what}, which opens it to a debugger.',
      why: 'Whoever reaches the port of the inspector reads every variable and runs any code in the server. No password stands before it.',
      how: 'Leave the option out; attach a debugger on purpose, with SIGUSR1, where one is needed.',
    },
  },
  *check(model) {
    const starts = productionStarts(model).map(({ command, at, confidence }) => ({ words: command.words, at, confidence }))
    const options = productionNodeOptions(model).map(({ word, at, confidence }) => ({ words: [word], at, confidence }))
    for (const { words, at, confidence } of [...starts, ...options]) {
      const start = developerStartOf(words)
      if (start !== null) yield { message: start.kind, at, data: { what: start.what }, confidence }
    }
  },
})
