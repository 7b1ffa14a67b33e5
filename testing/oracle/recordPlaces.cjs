// Where a registration is made: the line of the project itself, or the one that a package speaks for.
'use strict'

const path = require('node:path')
const fs = require('node:fs')
const { fileURLToPath } = require('node:url')

const root = fs.realpathSync(process.cwd())
/** Where a package registers something for the project. */
let placed = null

module.exports = { callersWithin, callSite, placedAt, speakFor }

/** Runs work of a package whose registrations count as made at the place. */
function placedAt(place, work) {
  const outer = placed
  placed = place
  try {
    return work()
  } finally {
    placed = outer
  }
}

/** From here to the end of the work, what the package registers counts as made at this place. */
function speakFor(place) {
  placed = place
}

/** The project's own line that makes the call; null when a package makes it that nobody speaks for. */
function callSite(options = { throughExpress: false }) {
  if (placed !== null) return placed
  for (const { file, line, column } of callersWithin(60)) {
    const relative = path.relative(root, file).split(path.sep).join('/')
    if (options.throughExpress && /node_modules\/(express|express4)\//.test(file)) continue
    if (relative.startsWith('..') || relative.includes('node_modules/')) return null
    return { file: relative, line, column }
  }
  return null
}

/** The places that called a recorder, innermost first, as far as so many frames reach. */
function callersWithin(depth) {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = depth + 1
  const frames = String(new Error().stack).split('\n').slice(1)
  Error.stackTraceLimit = limit
  return frames.flatMap((frame) => {
    const match = /(?:\(|at |at async )((?:file:\/\/)?(?:\/|[A-Za-z]:)[^()]*?):(\d+):(\d+)\)?$/.exec(frame)
    if (!match) return []
    const file = match[1].startsWith('file:') ? fileURLToPath(match[1].replace(/\?.*$/, '')) : match[1]
    return path.dirname(file) === __dirname ? [] : [{ file, line: Number(match[2]), column: Number(match[3]) }]
  })
}
