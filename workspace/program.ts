// Runs a bundled program from compiled code that an earlier run kept: compiling anew is a quarter of the time that a small project takes.
//
// Node has a cache of its own for this only from version 22 on. Compiled code is as much to be trusted as the program itself, so it is kept beside it
// and nowhere else: not in a project that is checked, and not in a folder that others may write to.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Script } from 'node:vm'
import { crc32 } from 'node:zlib'
import { keepFile } from './keptFile.js'

export interface Program {
  /** True where compiled code of an earlier run serves. */
  readonly isKnown: boolean
  /** Runs it as CommonJS and answers what it exports. */
  readonly run: () => unknown
  /** Keeps the functions that were called so far, unless they are known. A folder that cannot be written is no error: the next run compiles again. */
  readonly keep: () => void
}

/** The names that the program may use; it is one expression, a function of them. */
export const PROGRAM_PARAMETERS = ['exports', 'require', 'module', 'moduleUrl'] as const

/** Opens the program in `file`, which is ASCII, with what is kept of it in `folder`. */
export function openProgram(file: string, folder: string): Program {
  const source = readFileSync(file)
  const kept = join(folder, `${process.version}-${process.arch}.bin`)
  const sum = crc32(source)
  const known = readKept(kept, sum)
  const script = new Script(source.toString('latin1'), {
    filename: file,
    ...(known === null ? {} : { cachedData: known }),
  })
  const isKnown = known !== null && script.cachedDataRejected !== true
  return {
    isKnown,
    run: () => {
      const module: { readonly exports: unknown } = { exports: {} }
      const start = script.runInThisContext() as (...parameters: unknown[]) => void
      start(module.exports, createRequire(file), module, pathToFileURL(file).href)
      return module.exports
    },
    keep: () => {
      if (!isKnown) writeKept(kept, sum, script.createCachedData())
    },
  }
}

/** Sums of the program and of the data; V8 itself looks at its own version, at flags and at the length of the program alone. */
const HEAD_BYTES = 8

function readKept(path: string, sum: number): Buffer | null {
  let content: Buffer
  try {
    content = readFileSync(path)
  } catch {
    return null
  }
  if (content.length <= HEAD_BYTES) return null
  const data = content.subarray(HEAD_BYTES)
  return content.readUInt32LE(0) === sum && content.readUInt32LE(4) === crc32(data) ? data : null
}

function writeKept(path: string, sum: number, data: Buffer): void {
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUInt32LE(sum, 0)
  head.writeUInt32LE(crc32(data), 4)
  keepFile(path, (target) => {
    writeFileSync(target, Buffer.concat([head, data]))
  })
}
