// Type-checks a staged application as its own compiler would, in this process.
import { existsSync } from 'node:fs'
import path from 'node:path'
import typescript from 'typescript'

const parsedLibraries = new Map<string, typescript.SourceFile | undefined>()

/** Messages of all TypeScript projects in the folder (every tsconfig.json outside node_modules); empty when it type-checks. */
export function typeErrors(folder: string): readonly string[] {
  const configurations = typescript.sys
    .readDirectory(folder, ['.json'], ['**/node_modules', '**/dist'])
    .filter((file) => path.basename(file) === 'tsconfig.json' && existsSync(file))
  return configurations.flatMap(errorsOf)
}

function errorsOf(configuration: string): readonly string[] {
  const folder = path.dirname(configuration)
  const { config } = typescript.readConfigFile(configuration, (file) => typescript.sys.readFile(file)) as { config: unknown }
  const { options, fileNames, errors } = typescript.parseJsonConfigFileContent(config, typescript.sys, folder)
  const { rootDir: _rootDir, outDir: _outDir, ...checked } = options
  const program = typescript.createProgram({ rootNames: fileNames, options: { ...checked, noEmit: true }, host: cachingHost(options) })
  return [...errors, ...typescript.getPreEmitDiagnostics(program)].map((diagnostic) => {
    const at = diagnostic.file && diagnostic.start !== undefined ? diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start) : null
    const place = diagnostic.file && at ? `${path.relative(folder, diagnostic.file.fileName)}:${at.line + 1} ` : ''
    return place + typescript.flattenDiagnosticMessageText(diagnostic.messageText, '\n')
  })
}

/** Declarations of installed packages do not change while tests run, and parsing them is nearly all the time. */
function cachingHost(options: typescript.CompilerOptions): typescript.CompilerHost {
  const host = typescript.createCompilerHost(options)
  const read = host.getSourceFile.bind(host)
  host.getSourceFile = (file, languageOptions, ...rest) => {
    if (!file.includes('/node_modules/') || !file.endsWith('.d.ts')) return read(file, languageOptions, ...rest)
    const key = `${file} ${JSON.stringify(languageOptions)}`
    if (!parsedLibraries.has(key)) parsedLibraries.set(key, read(file, languageOptions, ...rest))
    return parsedLibraries.get(key)
  }
  return host
}
