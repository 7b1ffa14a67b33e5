// Writes what a run reports.
import { accessSync, appendFileSync, constants, existsSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { writeFiles } from './writeFiles.js'

/** Writes a report to an absolute path, folders above it included, in one step. Devices and pipes are written as they are. */
export function writeReport(path: string, text: string): void {
  if (isSpecial(path)) writeFileSync(path, text)
  else writeFiles(dirname(path), new Map([[basename(path), text]]))
}

/** Adds to the end of a file. One that cannot be written is not worth a failure: the report itself stands elsewhere. */
export function appendToFile(path: string, text: string): void {
  try {
    appendFileSync(path, text)
  } catch {
    return
  }
}

/** Whether files can be made in a folder that is there or would be made. */
export function isWritableFolder(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if (!existsSync(folder) && folder !== dirname(folder)) continue
    try {
      accessSync(folder, constants.W_OK)
      return true
    } catch {
      return false
    }
  }
}

function isSpecial(path: string): boolean {
  try {
    return !statSync(path).isFile()
  } catch {
    return false
  }
}
