// `parapet init`: looks at a project, writes its configuration, and offers a workflow, a hook and a baseline.
import { join } from 'node:path'
import { repositoryOf, toProject } from '../../workspace/locateProject.js'
import { existsAt, writeFiles } from '../../workspace/writeFiles.js'
import { readTextFile } from '../../workspace/readTextFile.js'
import { analyzeProject } from '../analyzeProject.js'
import { BASELINE_FILE } from '../../workspace/baselineFile.js'
import { EXIT, type ExitCode } from '../exitCode.js'
import { configurationText, githubWorkflow, gitlabJob, huskyLine, preCommitConfiguration, quoted, type InitPlace } from '../initFiles.js'
import { openProject, type OpenProject } from '../openProject.js'
import { seenLines } from '../report/closing.js'
import { listed, plural } from '../../analyzer/model/words.js'
import type { Terminal } from '../terminal.js'
import { baseline } from './baseline.js'

export interface InitCommand {
  readonly yes: boolean
  readonly force: boolean
  readonly preset?: 'recommended' | 'strict'
  readonly workflow?: 'github' | 'gitlab' | 'none'
  readonly preCommit?: boolean
  readonly baseline?: boolean
}

/** Writes what is asked for by options, or, at a terminal, by answers. What is there already stays, unless it is forced. */
export async function init(path: string | undefined, options: InitCommand, terminal: Terminal): Promise<ExitCode> {
  const open = await openProject(path === undefined ? [] : [path], {}, terminal)
  const { root } = open.target
  const repository = repositoryOf(root) ?? root
  const preset = options.preset ?? 'recommended'
  const analysis = analyzeProject(open, { preset, only: [] })
  const found = plural(analysis.findings.length, 'finding')
  terminal.out([...detected(open), ...seenLines(analysis), `${found} with the preset ${preset}.`].map((line) => `${line}\n`).join(''))

  const nothing = analysis.notices.find(({ kind }) => kind === 'no-server' || kind === 'no-files')
  if (nothing !== undefined) terminal.out(`${nothing.message}\n`)
  // A workflow that checks nothing would only look like safety.
  const wants =
    nothing === undefined ? createQuestions(options, terminal) : createQuestions({ ...options, yes: false }, { ...terminal, ask: null })
  const folder = toProject(repository, root)
  const withBaseline =
    analysis.findings.length > 0 && (await wants('baseline', `Accept the ${found} for now in a baseline, so that only new ones fail?`))
  const place: InitPlace = { folder, baseline: withBaseline ? join(folder, BASELINE_FILE) : null }
  const texts = new Map<string, string>([[join(folder, 'parapet.config.json'), configurationText(preset, schemaPath(root))]])
  const remarks: string[] = []
  const workflow = await wants.workflow(repository)
  if (workflow === 'github') texts.set('.github/workflows/parapet.yml', githubWorkflow(place))
  if (workflow === 'gitlab') addGitlab(repository, place, texts, remarks)
  if (await wants('preCommit', 'Check what is staged before each commit?')) addHook(repository, place, texts, remarks)
  const seenFrom = (file: string): string => toProject(terminal.cwd, join(repository, file))
  remarks.push(...uncovered(repository, folder, [...texts.keys()], options))
  write(repository, texts, options, terminal)
  if (withBaseline && (options.force || !existsAt(join(root, BASELINE_FILE)))) {
    await baseline(
      'create',
      [root],
      { file: join(root, BASELINE_FILE), preset, cache: true, force: true, note: 'found when Parapet was introduced' },
      quiet(terminal),
    )
    terminal.out(`Wrote ${seenFrom(join(folder, BASELINE_FILE))} with ${found}.\n`)
  }
  // A baseline of this name counts by itself.
  const here = seenFrom(folder)
  terminal.out([...remarks, `Next: parapet check${here === '' ? '' : ` ${quoted(here)}`}`].map((line) => `${line}\n`).join(''))
  open.project.saveCache()
  return EXIT.clean
}

function detected({ project }: OpenProject): readonly string[] {
  const known: Readonly<Record<string, string>> = { express: 'Express', fastify: 'Fastify', '@nestjs/core': 'NestJS' }
  return project.packages.flatMap(({ folder, dependencies }) => {
    const names = Object.keys(known).filter((name) => Object.hasOwn(dependencies, name))
    const texts = names.map((name) => `${known[name] ?? name} ${dependencies[name] ?? ''}`.trim())
    return texts.length === 0 ? [] : [`Found ${listed(texts)} in ${folder === '' ? 'package.json' : `${folder}/package.json`}.`]
  })
}

/** The schema that came with the package, where it is installed. */
function schemaPath(root: string): string {
  const installed = './node_modules/parapet/docs/parapet.schema.json'
  return existsAt(join(root, installed)) || !existsAt(join(root, 'docs/parapet.schema.json')) ? installed : './docs/parapet.schema.json'
}

type Offer = 'baseline' | 'preCommit'
interface Questions {
  (offer: Offer, question: string): Promise<boolean>
  workflow: (repository: string) => Promise<'github' | 'gitlab' | 'none'>
}

/** An option decides; else `--yes`, else whoever sits at the terminal; else no, as where the input ends before an answer. */
function createQuestions(options: InitCommand, { ask }: Terminal): Questions {
  const confirm = async (question: string): Promise<boolean> => {
    if (options.yes) return true
    if (ask === null) return false
    for (;;) {
      const answer = (await ask(`${question} [Y/n] `))?.trim() ?? 'no'
      if (/^(y|yes)?$/i.test(answer)) return true
      if (/^(n|no)$/i.test(answer)) return false
    }
  }
  const wants = (offer: Offer, question: string): Promise<boolean> => {
    const decided = options[offer]
    return decided === undefined ? confirm(question) : Promise.resolve(decided)
  }
  return Object.assign(wants, {
    workflow: async (repository: string) => {
      if (options.workflow !== undefined) return options.workflow
      const host = existsAt(join(repository, '.gitlab-ci.yml')) ? 'gitlab' : 'github'
      const name = host === 'gitlab' ? 'GitLab CI' : 'GitHub Actions'
      return (await confirm(`Check pull requests in ${name}?`)) ? host : 'none'
    },
  })
}

function addGitlab(repository: string, place: InitPlace, texts: Map<string, string>, remarks: string[]): void {
  const file = '.gitlab/parapet.gitlab-ci.yml'
  texts.set(file, gitlabJob(place))
  const include = `include:\n  - local: ${file}\n`
  if (!existsAt(join(repository, '.gitlab-ci.yml'))) texts.set('.gitlab-ci.yml', include)
  else remarks.push(`Add to .gitlab-ci.yml:\n${include.trimEnd()}`)
}

function addHook(repository: string, place: InitPlace, texts: Map<string, string>, remarks: string[]): void {
  const husky = readTextFile(join(repository, '.husky/pre-commit'))
  if (existsAt(join(repository, '.husky'))) {
    if (husky?.includes('parapet') !== true) texts.set('.husky/pre-commit', `${husky ?? ''}${huskyLine(place)}`)
    return
  }
  const known = readTextFile(join(repository, '.pre-commit-config.yaml'))
  if (known === null) texts.set('.pre-commit-config.yaml', preCommitConfiguration(place))
  else if (!known.includes('parapet'))
    remarks.push(`Add to .pre-commit-config.yaml:\n${preCommitConfiguration(place).replace('repos:\n', '').trimEnd()}`)
}

/** Workflows and hooks of another package, which stay as they are and check nothing of this one. */
function uncovered(repository: string, folder: string, files: readonly string[], { force }: InitCommand): readonly string[] {
  if (folder === '' || force) return []
  const shared = [...files.filter((file) => file.startsWith('.')), '.pre-commit-config.yaml', '.husky/pre-commit']
  return [...new Set(shared)].flatMap((file) => {
    const text = readTextFile(join(repository, file))
    return text?.includes('parapet') !== true || text.includes(folder)
      ? []
      : [`${file} checks nothing of ${folder}: add its command there, or let parapet init at the root write one for all.`]
  })
}

/** A hook of husky is added to; everything else that is there stays. */
function write(repository: string, texts: ReadonlyMap<string, string>, { force }: InitCommand, terminal: Terminal): void {
  const isAddition = (file: string): boolean => file === '.husky/pre-commit'
  const kept = [...texts.keys()].filter((file) => !force && !isAddition(file) && existsAt(join(repository, file)))
  const written = new Map([...texts].filter(([file]) => !kept.includes(file)))
  writeFiles(repository, written)
  const names = (files: Iterable<string>): string => listed([...files].map((file) => toProject(terminal.cwd, join(repository, file))))
  if (written.size > 0) terminal.out(`Wrote ${names(written.keys())}.\n`)
  if (kept.length > 0) terminal.out(`Left ${names(kept)} as ${kept.length === 1 ? 'it is' : 'they are'}: --force writes anew.\n`)
}

function quiet(terminal: Terminal): Terminal {
  return { ...terminal, out: () => undefined }
}
