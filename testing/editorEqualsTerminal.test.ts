// Editor and command line say the same and write the same, over every fixture application.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Diagnostic, TextDocumentEdit, WorkspaceDiagnosticReport, WorkspaceEdit } from 'vscode-languageserver'
import { runCaught } from '../cli/testTerminal.js'
import { linesOf } from '../server/positions.js'
import { FIX_WORKSPACE_COMMAND, type DiagnosticData, type FixWorkspaceArguments } from '../server/protocol.js'
import { fixtureFolder, fixtureNames } from './oracle/fixture.js'
import { startClient } from './languageClient.js'

interface Said {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly rule: unknown
  readonly message: Diagnostic['message']
  readonly fingerprint: string
  readonly fix: DiagnosticData['fix']
  readonly related: readonly string[]
}

test.each(fixtureNames())('%s: the same findings', async (name) => {
  const folder = copyOf(name)
  try {
    const editor = await saidInEditor(folder)
    expect(editor).toEqual(await saidInTerminal(folder))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test.each(fixtureNames())('%s: the same fixes', async (name) => {
  for (const grade of ['safe', 'suggestion'] as const) {
    const [folder, twin] = [copyOf(name), copyOf(name)]
    try {
      const edit = await fixInEditor(folder, { grade })
      await inTerminal(['check', twin, '--fix', '--no-cache', ...(grade === 'suggestion' ? ['--unsafe'] : [])])
      for (const change of edit?.documentChanges ?? []) {
        const file = path.relative(folder, fileURLToPath('uri' in change ? change.uri : (change as TextDocumentEdit).textDocument.uri))
        if ('edits' in change)
          expect(textAfter(folder, file, change), `${grade}: ${file}`).toBe(readFileSync(path.join(twin, file), 'utf8'))
      }
      const changed = (edit?.documentChanges ?? []).flatMap((change) => ('edits' in change ? [change.textDocument.uri] : []))
      expect(changed.length).toBe(filesThatDiffer(name, twin))
    } finally {
      rmSync(folder, { recursive: true, force: true })
      rmSync(twin, { recursive: true, force: true })
    }
  }
})

function copyOf(name: string): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'parapet-same-')))
  cpSync(fixtureFolder(name), folder, { recursive: true, filter: (file) => path.basename(file) !== 'node_modules' })
  mkdirSync(path.join(folder, '.git'))
  return folder
}

async function inTerminal(argv: readonly string[]): Promise<string> {
  return (await runCaught(argv, { cwd: process.cwd() })).out
}

async function saidInTerminal(folder: string): Promise<readonly Said[]> {
  interface Place {
    readonly file: string
    readonly range: { readonly start: { readonly line: number; readonly column: number } }
    readonly message: string
  }
  interface Reported extends Place {
    readonly ruleId: string
    readonly fingerprint: string
    readonly fix: DiagnosticData['fix']
    readonly related: readonly Place[]
  }
  const report = JSON.parse(await inTerminal(['check', folder, '--format', 'json', '--no-cache'])) as { findings: readonly Reported[] }
  const placeText = ({ file, range: { start }, message }: Place): string => `${file}:${start.line}:${start.column} ${message}`
  return sorted(
    report.findings.map((one) => ({
      file: one.file,
      line: one.range.start.line,
      column: one.range.start.column,
      rule: one.ruleId,
      message: one.message,
      fingerprint: one.fingerprint,
      fix: one.fix,
      related: one.related.map(placeText),
    })),
  )
}

async function saidInEditor(folder: string): Promise<readonly Said[]> {
  const client = await startClient([folder])
  const { items } = await client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [] })
  await client.stop()
  const fileOf = (uri: string): string => path.relative(folder, fileURLToPath(uri)).split(path.sep).join('/')
  return sorted(
    items.flatMap((report) => {
      const diagnostics: readonly Diagnostic[] = report.kind === 'full' ? report.items : []
      return diagnostics.map(({ range, code, message, data, relatedInformation = [] }) => ({
        file: fileOf(report.uri),
        line: range.start.line + 1,
        column: range.start.character + 1,
        rule: code,
        message,
        fingerprint: (data as DiagnosticData).fingerprint,
        fix: (data as DiagnosticData).fix,
        related: relatedInformation.map(
          ({ location: at, message: note }) => `${fileOf(at.uri)}:${at.range.start.line + 1}:${at.range.start.character + 1} ${note}`,
        ),
      }))
    }),
  )
}

function sorted(said: readonly Said[]): readonly Said[] {
  const key = ({ file, line, column, rule, fingerprint }: Said): string => JSON.stringify([file, line, column, rule, fingerprint])
  return said.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
}

async function fixInEditor(folder: string, argument: FixWorkspaceArguments): Promise<WorkspaceEdit | undefined> {
  const client = await startClient([folder])
  await client.connection.sendRequest('workspace/executeCommand', { command: FIX_WORKSPACE_COMMAND, arguments: [argument] })
  await client.stop()
  return client.applied[0]
}

function textAfter(folder: string, file: string, { edits }: TextDocumentEdit): string {
  const before = textOf(path.join(folder, file))
  const lines = linesOf(before, 'utf-16')
  return [...edits].reverse().reduce((text, edit) => {
    const written = 'newText' in edit ? edit.newText : ''
    return text.slice(0, lines.offsetOf(edit.range.start)) + written + text.slice(lines.offsetOf(edit.range.end))
  }, before)
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function filesThatDiffer(name: string, twin: string): number {
  const files = readdirSync(twin, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.filter((entry) => {
    const file = path.join(entry.parentPath, entry.name)
    return textOf(file) !== textOf(path.join(fixtureFolder(name), path.relative(twin, file)))
  }).length
}
