// `parapet doctor`: what is needed for an answer that can be trusted, and what of it is missing here.
import { servingApplications } from '../../analyzer/model/queries.js'
import { cacheFolderOf } from '../../workspace/factsCache.js'
import { repositoryOf } from '../../workspace/locateProject.js'
import { isWritableFolder } from '../../workspace/writeReport.js'
import { commitOf } from '../../workspace/git.js'
import { analyzeProject } from '../analyzeProject.js'
import { BASELINE_FILE, splitExpired } from '../../workspace/baselineFile.js'
import { hasBaseline, loadBaseline } from '../baselineFile.js'
import { EXIT, WrongUse, type ExitCode } from '../exitCode.js'
import { openProject, type OpenProject } from '../openProject.js'
import { noticesFor, skippedFor } from '../report/limits.js'
import { listed, plural } from '../../analyzer/model/words.js'
import { colorsFor, printable, type Terminal } from '../terminal.js'
import { VERSION } from '../version.js'

interface Diagnosis {
  readonly name: string
  /** `wrong` makes answers fail or lie, `weak` makes them less than they could be. */
  readonly state: 'good' | 'weak' | 'wrong'
  readonly text: string
}

export interface DoctorCommand {
  readonly config?: string
  readonly cache: boolean
  readonly format: 'pretty' | 'json'
}

/** Exit code 1 where something is wrong, 0 otherwise. */
export async function doctor(path: string | undefined, options: DoctorCommand, terminal: Terminal): Promise<ExitCode> {
  const diagnoses = await diagnose(path, options, terminal)
  const colors = colorsFor(terminal)
  if (options.format === 'json') terminal.out(`${JSON.stringify({ version: VERSION, diagnoses }, null, 2)}\n`)
  else {
    const sign = { good: colors.green('ok   '), weak: colors.yellow('weak '), wrong: colors.red('wrong') }
    const width = Math.max(...diagnoses.map(({ name }) => name.length))
    terminal.out(diagnoses.map(({ name, state, text }) => `${sign[state]}  ${name.padEnd(width)}  ${printable(text)}\n`).join(''))
  }
  return diagnoses.some(({ state }) => state === 'wrong') ? EXIT.findings : EXIT.clean
}

async function diagnose(path: string | undefined, options: DoctorCommand, terminal: Terminal): Promise<readonly Diagnosis[]> {
  const runtime: Diagnosis[] = [{ name: 'parapet', state: 'good', text: `${VERSION} on Node ${process.versions.node}` }]
  let open: OpenProject
  try {
    open = await openProject(path === undefined ? [] : [path], options, terminal)
  } catch (error) {
    // What a check would refuse is what the doctor is asked about.
    if (error instanceof WrongUse) return [...runtime, { name: 'configuration', state: 'wrong', text: error.message }]
    throw error
  }
  return [...runtime, configurationOf(open), ...projectOf(open), gitOf(open), cacheOf(open, options), ...(await baselineOf(open, terminal))]
}

function configurationOf({ configurationFile, nested }: OpenProject): Diagnosis {
  const inner = nested.flatMap((one) => one.configurationFile ?? [])
  const text = configurationFile ?? 'none, the defaults are in force'
  return { name: 'configuration', state: 'good', text: inner.length === 0 ? text : `${text}; inside ${listed(inner)}` }
}

function projectOf(open: OpenProject): readonly Diagnosis[] {
  const { project, target } = open
  const analysis = analyzeProject(open, { only: [] })
  const { seen, unparsed, internalErrors } = analysis
  const warnings = noticesFor(analysis, open).filter(({ isWarning }) => isWarning)
  const skipped = skippedFor(open).filter(({ reason }) => reason !== 'build output')
  const manifests = project.packages.map(({ folder }) => (folder === '' ? 'package.json' : `${folder}/package.json`))
  const locked = project.packages.some(({ locked: versions }) => Object.keys(versions).length > 0)
  const unreached = seen.registrations - seen.reachedRegistrations
  return [
    manifests.length === 0
      ? { name: 'packages', state: 'weak', text: `no package.json in ${target.root}: entries and versions are guessed` }
      : {
          name: 'packages',
          state: 'good',
          text: manifests.length > 3 ? plural(manifests.length, 'package.json', 'package.json files') : listed(manifests),
        },
    locked
      ? { name: 'lockfile', state: 'good', text: 'exact versions are known' }
      : { name: 'lockfile', state: 'weak', text: 'none was found: rules that depend on versions go by the ranges of package.json' },
    seen.applications === 0
      ? {
          name: 'applications',
          state: 'wrong',
          text: 'none was found: name the module that starts one under "entries" in parapet.config.json',
        }
      : {
          name: 'applications',
          state: 'good',
          text: `${servingApplications(analysis.model)
            .map(({ name, framework, at }) => `${name === '' ? 'one' : name} (${framework}, ${at.file})`)
            .join(', ')}; ${plural(seen.routes, 'route')}`,
        },
    {
      name: 'registrations',
      state: unreached > 0 ? 'weak' : 'good',
      text: `${seen.reachedRegistrations} of ${seen.registrations} reached${unreached > 0 ? ': parapet routes --unreached says why the others are not' : ''}`,
    },
    {
      name: 'scopes',
      state: seen.incompleteScopes > 0 || seen.exhaustedBudgets > 0 ? 'weak' : 'good',
      text: `${seen.incompleteScopes} of ${seen.scopes} incomplete, ${plural(seen.exhaustedBudgets, 'budget')} exhausted`,
    },
    {
      name: 'files',
      state: unparsed.length > 0 ? 'weak' : 'good',
      text: `${seen.files} read${unparsed.length > 0 ? `, not parsed: ${listed(unparsed.map(({ file }) => file))}` : ''}${skipped.length > 0 ? `, not read: ${skipped.length}` : ''}`,
    },
    ...warnings.map(({ message }): Diagnosis => ({ name: 'warning', state: 'weak', text: message })),
    ...internalErrors.map(({ message }): Diagnosis => ({ name: 'internal error', state: 'wrong', text: message })),
  ]
}

function gitOf({ target }: OpenProject): Diagnosis {
  const repository = repositoryOf(target.root)
  if (repository === null) return { name: 'git', state: 'weak', text: 'not in a repository: --since and --staged cannot compare' }
  try {
    const head = commitOf(repository, 'HEAD')
    return { name: 'git', state: 'good', text: head === null ? 'no commit yet' : `at ${head.slice(0, 12)}` }
  } catch (error) {
    return { name: 'git', state: 'weak', text: error instanceof Error ? error.message : String(error) }
  }
}

function cacheOf({ target }: OpenProject, { cache }: DoctorCommand): Diagnosis {
  const folder = cache ? cacheFolderOf(target.root) : null
  if (folder === null)
    return { name: 'cache', state: 'weak', text: 'none, since no packages are installed here: every run reads everything' }
  return isWritableFolder(folder)
    ? { name: 'cache', state: 'good', text: folder }
    : { name: 'cache', state: 'weak', text: `${folder} cannot be written: every run reads everything` }
}

async function baselineOf({ target }: OpenProject, terminal: Terminal): Promise<readonly Diagnosis[]> {
  const name = 'baseline'
  if (!hasBaseline(BASELINE_FILE, target.root)) return []
  try {
    const { entries } = await loadBaseline(BASELINE_FILE, target.root, target.root)
    const { expired } = splitExpired(entries, terminal.today())
    const text = plural(entries.length, 'entry', 'entries')
    return [{ name, state: expired.length > 0 ? 'weak' : 'good', text: expired.length > 0 ? `${text}, ${expired.length} expired` : text }]
  } catch (error) {
    if (error instanceof WrongUse) return [{ name, state: 'wrong', text: error.message }]
    throw error
  }
}
