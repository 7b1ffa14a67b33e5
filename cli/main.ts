// The program: hands the process to the command line and its exit code back.
import { EXIT } from './exitCode.js'
import { run } from './run.js'

for (const stream of [process.stdout, process.stderr]) {
  // A reader that closed its end (`parapet check | head`) has seen enough.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
    // A full disk, say. What was written so far is not whole.
    if (stream === process.stdout) process.stderr.write(`parapet: the output cannot be written (${error.message}).\n`)
    process.exit(EXIT.internalError)
  })
}

void start()

async function start(): Promise<void> {
  const code = await run(process.argv.slice(2), {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    cwd: process.cwd(),
    env: process.env,
    isOutTty: process.stdout.isTTY,
    isErrTty: process.stderr.isTTY,
    columns: process.stdout.columns,
    now: () => performance.now(),
    today: () => new Date().toISOString().slice(0, 10),
    // Asked of few commands, and looking at the input opens it.
    get ask() {
      return process.stdin.isTTY && process.stdout.isTTY ? askPerson : null
    },
    readInput,
    stop: null,
  })
  // What is still in a pipe's buffer would be lost.
  await Promise.all([written(process.stdout), written(process.stderr)])
  // Left to itself, a process waits for what V8 still compiles and collects beside it, and gives the heap back piece by piece.
  process.exit(code)
}

function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()))
}

async function askPerson(question: string): Promise<string | null> {
  const { createInterface } = await import('node:readline/promises')
  const reader = createInterface({ input: process.stdin, output: process.stdout })
  // Whoever ends the input has no more to say, which is no assent.
  const ended = new Promise<null>((resolve) => reader.once('close', () => resolve(null)))
  try {
    return await Promise.race([reader.question(question), ended])
  } finally {
    reader.close()
  }
}

async function readInput(): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of process.stdin) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}
