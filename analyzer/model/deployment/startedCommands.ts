// What a command line of a deployment comes to: package scripts followed, and which of its commands starts the server.
import type { DeploymentFacts } from '../../extract/facts.js'
import { baseNameOf, folderOf, isInside, joinPath } from '../../link/filePath.js'
import type { ImageSources } from '../../link/imageFiles.js'
import { createResolver } from '../../link/resolveModule.js'
import { simpleCommands, withoutAssignments } from '../../link/shellCommand.js'
import { filesOfCommand, type Lookup } from '../../link/startedFiles.js'
import { startedByWords, wordsBehindScript, type Started } from '../../link/startedPrograms.js'
import { commandsOfScript, scriptAt } from '../../link/startedScripts.js'
import type { Location } from '../../text/location.js'
import type { PackageFacts, ProjectModel } from '../model.js'
import { requiredModules } from '../../link/requiredModules.js'
import { recordedOnce } from '../recorded.js'
import { packageAt } from '../versions.js'

export interface CommandLine {
  readonly words: readonly string[]
  /** Folders of the project in which it may run, most likely first. */
  readonly folders: readonly string[]
  /** Absolute folder within a container; '' for none. */
  readonly workFolder: string
  /** Of an image: where its files come from. */
  readonly sources?: ImageSources
}

export interface StartedCommand {
  /** Assignments and wrappers in front included. */
  readonly words: readonly string[]
  readonly folder: string
  /** The package script that it stands in; null for the command line itself. */
  readonly script: { readonly owner: PackageFacts; readonly name: string } | null
  /** The shell scripts of the project that lead to it, outermost first. */
  readonly shells: readonly DeploymentFacts[]
  /** Where one of them runs it, or what leads to it, and stays in front of it; null where none does. */
  readonly heldAt: Location | null
  /** What the innermost of them runs, npm in front of its scripts; null where there is none. */
  readonly handed: { readonly words: readonly string[]; readonly at: Location } | null
  /** `server`: its file boots an application. `other`: it runs something else. `unknown`: what it runs was not found. */
  readonly starts: 'server' | 'other' | 'unknown'
  /** The entries of the applications that it boots. */
  readonly entries: readonly string[]
}

/** The simple commands of a line, those of package scripts in the place of what runs them. */
export function startedCommands(model: ProjectModel, { words, folders, workFolder, sources }: CommandLine): readonly StartedCommand[] {
  const lookup = sources === undefined ? lookupOf(model) : { ...lookupOf(model), container: { workFolder, sources } }
  const inner = workFolder.split('/').slice(1)
  const named = inner.map((_, at) => inner.slice(at).join('/')).filter((tail) => model.packages.some(({ folder }) => folder === tail))
  const folder = named[0] ?? folders.find((one) => model.packages.some((item) => item.folder === one)) ?? folders[0] ?? ''
  const found: StartedCommand[] = []
  const visit = (command: readonly string[], at: string, within: Within): void => {
    const { script, trail } = within
    const plain = withoutAssignments(command)
    if (found.length >= MOST_COMMANDS) return
    if (isShell(plain) && trail.length < 12) return lines(plain[2] ?? '', at, { ...within, trail: [...trail, plain[2] ?? ''] })
    const started = [...startedByWords(plain, at, script?.name)]
    const shell = started.find((one) => one.kind === 'shell')
    if (shell !== undefined && trail.length < 12) {
      const before = found.length
      for (const one of scriptOf(lookup, shell, folders))
        if (!trail.includes(one.facts.file)) ofScript(one, command.slice(0, command.length - plain.length), within)
      // A script that is not there, or that waits for something first, starts the command that it is handed.
      const isRead = found.slice(before).some(({ words: own, folder: place }) => [...startedByWords(own, place)].length > 0)
      const behind = isRead ? [] : wordsBehindScript(shell)
      if (behind.length > 0) {
        found.splice(before)
        return visit(behind, at, { ...within, trail: [...trail, shell.path] })
      }
      if (found.length > before) return
    }
    const scripts = started.filter((one) => one.kind === 'script')
    const followed = scripts.flatMap((one) => {
      // Which folder of a repository an image holds at its root is not known: the one that has the script.
      const places = script === null ? [one.folder, ...folders, ''] : [one.folder]
      const owners = one.package === null ? places.map((place) => packageAt(model, place)) : [packageNamed(model, one.package)]
      const owner = owners.find((each) => each?.scripts[one.name] !== undefined) ?? null
      const text = owner?.scripts[one.name]
      return owner === null || text === undefined || trail.includes(`${owner.folder}:${one.name}`) ? [] : [{ owner, name: one.name, text }]
    })
    if (followed.length > 0 && trail.length < 12)
      for (const { owner, name, text } of followed)
        lines(text, owner.folder, { ...within, script: { owner, name }, trail: [...trail, `${owner.folder}:${name}`] })
    else {
      const line = { words: plain, folders: [at, ...folders], workFolder, ...(sources && { sources }) }
      const { shells, heldAt, handed } = within
      found.push({ words: command, folder: at, script, shells, heldAt, handed, ...startsOf(model, lookup, line) })
    }
  }
  const lines = (line: string, start: string, within: Within): void => {
    let at = start
    for (const command of simpleCommands(line)) {
      if (command[0] === 'cd') at = joinPath(at, command[1] ?? '') ?? at
      else visit(command, at, within)
    }
  }
  const ofScript = ({ facts, started }: FoundScript, assignments: readonly string[], within: Within): void => {
    for (const { words: command, node, folder: at, isHandedOver } of commandsOfScript(facts, started, lookup)) {
      const place = { file: facts.file, fn: '', node }
      const heldAt = within.heldAt ?? (isHandedOver ? null : place)
      const handed = { words: withoutAssignments(command), at: place }
      const inner = { heldAt, handed, shells: [...within.shells, facts], trail: [...within.trail, facts.file] }
      visit([...assignments, ...command], at, { ...within, ...inner })
    }
  }
  if (words.length > 0) visit(words, folder, { script: null, shells: [], heldAt: null, handed: null, trail: [] })
  return found
}

interface Within extends Pick<StartedCommand, 'script' | 'shells' | 'heldAt' | 'handed'> {
  readonly trail: readonly string[]
}

interface FoundScript {
  readonly facts: DeploymentFacts
  readonly started: Started & { readonly kind: 'shell' }
}

/** Which folder of a repository an image holds at its root is not known: the one that has the script. */
function scriptOf(lookup: Lookup, started: Started & { readonly kind: 'shell' }, folders: readonly string[]): readonly FoundScript[] {
  for (const folder of [started.folder, ...folders]) {
    const facts = scriptAt({ ...started, folder }, lookup)
    if (facts !== null) return [{ facts, started }]
  }
  return []
}

/** Scripts that run many scripts that run many: what lies beyond starts no server. */
const MOST_COMMANDS = 100

function isShell(words: readonly string[]): boolean {
  return /^(ba|da|a|z)?sh$/.test(baseNameOf(words[0] ?? '')) && /^-[a-z]*c$/.test(words[1] ?? '')
}

function startsOf(model: ProjectModel, lookup: Lookup, line: CommandLine): Pick<StartedCommand, 'starts' | 'entries'> {
  const plain = line.words
  const files = filesOfCommand({ ...line, why: '', isProduction: true }, lookup)
  const booted = model.apps.filter(({ entry }) => files.includes(entry))
  // The file that listens, where another one starts it: a primary process with its workers.
  const serving = booted.length > 0 ? booted : model.apps.filter(({ listeners }) => listeners.some(({ at }) => files.includes(at.file)))
  const entries = [...new Set(serving.map(({ entry }) => entry))]
  if (entries.length > 0) return { starts: 'server', entries }
  const built = files.length > 0 ? [] : builtFrom(model, line)
  if (built.length > 0) return { starts: 'server', entries: built }
  // A program that starts others says nothing of what they are.
  if (files.length > 0) return { starts: files.some((file) => startsPrograms(model, file)) ? 'unknown' : 'other', entries }
  const isOwnProgram = model.apps.some(({ at }) => packageAt(model, at.file)?.name === baseNameOf(plain[0] ?? '') && plain[0] !== undefined)
  return { starts: !isOwnProgram && plain.some((word) => otherPrograms.test(baseNameOf(word))) ? 'other' : 'unknown', entries }
}

/** `node dist/main.js`, where the entry of that name stands in another folder than build output usually comes from. */
function builtFrom(model: ProjectModel, { words, folders, workFolder }: CommandLine): readonly string[] {
  if (!/^(nodejs|node|pm2-runtime)$/.test(baseNameOf(words[0] ?? ''))) return []
  const [, name] = words.flatMap((word) => /(?:^|\/)(?:dist|build|out|lib)\/(?:.*\/)?([^/]+?)(?:\.[cm]?js)?$/.exec(word) ?? [])
  const entries = new Set(model.apps.map(({ entry }) => entry))
  const named = [...entries].filter((entry) => baseNameOf(entry).replace(/\.[cm]?[jt]s$/, '') === name)
  const inside = named.filter((entry) => folders.some((folder) => isInside(entry, folder)))
  if (inside.length < 2) return inside
  // An image for one of several packages often works in a folder of its name.
  return inside.filter((entry) => workFolder.split('/').includes(baseNameOf(packageAt(model, entry)?.folder ?? '')))
}

function startsPrograms(model: ProjectModel, file: string): boolean {
  const facts = model.files.get(file)
  return (
    facts?.kind === 'source' &&
    requiredModules(facts).some((name) => /^(node:)?(child_process|cluster)$|^(execa|zx|concurrently)$/.test(name))
  )
}

/** Front ends, proxies, databases, programs of other languages, and chores: no server of the project's own. */
const otherPrograms =
  /^(nginx|caddy|httpd|apache2(ctl)?|traefik|haproxy|envoy|postgres|mysqld?|mongod|redis-server|java|python\d*|gunicorn|uvicorn|go|php(-fpm)?|ruby|rails|serve|http-server|vite|next|nuxi?|nuxt|ng|react-scripts|vue-cli-service|astro|gatsby|storybook|certbot|crond|prisma|knex|sequelize|typeorm|tsc|jest|vitest|cypress|playwright)$/

function packageNamed(model: ProjectModel, name: string): PackageFacts | null {
  return model.packages.find((item) => item.name === name || item.folder === joinPath('', name)) ?? null
}

/** Build output stands for its sources by the usual names of its folder. Which files there are changes with a new boot only. */
const lookupOf: (model: ProjectModel) => Lookup = recordedOnce((model) => {
  const resolve = createResolver(new Set(model.files.keys()), { packages: model.packages, tsconfigs: [] })
  return {
    files: model.files,
    packages: model.packages,
    resolve(specifier, from) {
      const answer = resolve(specifier, from)
      const path = joinPath(folderOf(from), specifier)
      // A path may lead into the build folder of another package.
      const owner = answer.kind === 'file' || path === null ? null : packageAt(model, path)
      if (owner === null || path === null || owner.folder === folderOf(from)) return answer
      return resolve(`./${path.slice(owner.folder.length + 1)}`, `${owner.folder}/package.json`)
    },
  }
})
