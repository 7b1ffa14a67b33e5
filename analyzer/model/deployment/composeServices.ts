// Services of compose files that are not for developers: what they build, run, and run as.
import { wordsOf } from '../../link/shellCommand.js'
import { folderOf, joinPath } from '../../link/filePath.js'
import type { ImageSources } from '../../link/imageFiles.js'
import type { DeploymentFacts } from '../../extract/facts.js'
import type { Location } from '../../text/location.js'
import { isComposeFile } from './composeEnvironment.js'
import type { ProjectModel } from '../model.js'
import { recordedOnce } from '../recorded.js'

export interface ComposeService {
  readonly name: string
  /** Its first setting. */
  readonly at: Location
  readonly image: string | null
  /** Folder that it is built from; null where it is not built, or from elsewhere. */
  readonly context: string | null
  /** The Dockerfile, from the root of the project. */
  readonly dockerfile: string | null
  readonly target: string | null
  readonly user: Written | null
  /** Entrypoint and command; empty where the image says it. */
  readonly words: readonly string[]
  /** False where the image's own entrypoint stands in front of them. */
  readonly hasEntrypoint: boolean
  /** Where the first of them stands. */
  readonly wordsAt: Location | null
  /** `always`, `unless-stopped`. */
  readonly restart: string | null
  /** NODE_ENV as written, references to other variables included; null where it is not mentioned. */
  readonly mode: string | null
  readonly modeAt: Location | null
  /** What Node takes as options before those of its command. */
  readonly nodeOptions: Written | null
  /** What of the project lies in its container by a volume: paths of the project by those of the container. */
  readonly mounts: readonly { readonly source: string; readonly target: string }[]
  /** `off`: that of the image is switched off. */
  readonly healthCheck: { readonly is: 'on' | 'off'; readonly at: Location } | null
  readonly hasEnvironmentFile: boolean
}

interface Written {
  readonly value: string
  readonly at: Location
}

interface Draft {
  readonly at: Location
  readonly settings: Map<string, Written>
  readonly entrypoint: string[]
  readonly command: string[]
  readonly mounts: { readonly source: string; readonly target: string }[]
  readonly folder: string
  readonly has: Set<string>
}

/** A service of several files of a folder is one: files for production add to the plain one. What a service extends counts as its own. */
export const composeServices: (model: ProjectModel) => readonly ComposeService[] = recordedOnce((model) => {
  const drafts = draftsOf(model.deployment.filter((facts) => isComposeFile(facts.file)))
  return [...drafts].map(([key, draft]) => serviceOf(key.slice(key.indexOf('\n') + 1), extended(model, draft, 0)))
})

/** By folder and name. */
function draftsOf(files: readonly DeploymentFacts[]): ReadonlyMap<string, Draft> {
  const drafts = new Map<string, Draft>()
  for (const { file, entries } of files) {
    const folder = folderOf(file)
    for (const { key, value, node } of entries) {
      const [section, name, setting, index, deeper] = key
      if (section !== 'services' || name === undefined || setting === undefined) continue
      const at = { file, fn: '', node }
      const known = drafts.get(`${folder}\n${name}`)
      const draft: Draft = known ?? { at, settings: new Map(), entrypoint: [], command: [], mounts: [], folder, has: new Set() }
      if (known === undefined) drafts.set(`${folder}\n${name}`, draft)
      draft.has.add(setting)
      const variable = setting === 'environment' ? variableIn(index ?? '', value) : null
      if (variable !== null) draft.settings.set(`environment.${variable.name}`, { value: variable.value, at })
      if (setting === 'healthcheck') addHealthCheck(draft, [index, deeper], value, at)
      const mount = setting === 'volumes' ? mountOf(value, folder) : null
      if (mount !== null) draft.mounts.push(mount)
      if (setting === 'command' || setting === 'entrypoint') {
        // A later file replaces what an earlier one says.
        if (draft.settings.get(setting)?.at.file !== file) draft[setting].length = 0
        if (draft[setting].length === 0) draft.settings.set(setting, { value, at })
        draft[setting].push(...(index === undefined ? wordsOf(value) : [value]))
      } else if (deeper === undefined && setting !== 'healthcheck') {
        const path = index === undefined || !/^(build|extends)$/.test(setting) ? setting : `${setting}.${index}`
        draft.settings.set(path === 'build' ? 'build.context' : path, { value, at })
      }
    }
  }
  return drafts
}

/** With what it extends, of its own file or of another one, whatever that is called. */
function extended(model: ProjectModel, draft: Draft, depth: number): Draft {
  const said = (path: string): Written | null => draft.settings.get(path) ?? null
  const name = said('extends.service') ?? said('extends')
  if (name === null || depth > LONGEST_CHAIN) return draft
  const path = said('extends.file')?.value
  const file = path === undefined ? name.at.file : joinPath(folderOf(name.at.file), path)
  const facts = model.deployment.find((one) => one.file === file)
  const base = facts === undefined ? undefined : draftsOf([facts]).get(`${folderOf(facts.file)}\n${name.value}`)
  if (base === undefined) return draft
  const below = extended(model, base, depth + 1)
  return {
    ...draft,
    settings: new Map([...below.settings, ...draft.settings]),
    entrypoint: draft.has.has('entrypoint') ? draft.entrypoint : below.entrypoint,
    command: draft.has.has('command') ? draft.command : below.command,
    mounts: [...below.mounts, ...draft.mounts],
    has: new Set([...below.has, ...draft.has]),
  }
}

/** Services that extend one another in a circle are refused by Compose. */
const LONGEST_CHAIN = 8

/** `disable: true` and `test: ["NONE"]` switch off what the image says. A later file replaces what an earlier one says. */
function addHealthCheck({ settings }: Draft, [name, index = '0']: readonly (string | undefined)[], value: string, at: Location): void {
  const isOff = (name === 'disable' && value === 'true') || (name === 'test' && index === '0' && /^none$/i.test(value))
  const known = settings.get('healthcheck')
  if (isOff || known?.at.file !== at.file) settings.set('healthcheck', { value: isOff ? 'off' : 'on', at })
}

/** Finds what a path of such a container is in the project. */
export function mountedSources(mounts: ComposeService['mounts']): ImageSources {
  return (path) =>
    mounts.flatMap(({ source, target }) => {
      if (path === target) return [source]
      return path.startsWith(`${target}/`) ? [joinPath(source, path.slice(target.length + 1)) ?? source] : []
    })
}

/** `./run.sh:/run.sh:ro`. Volumes with names, and folders of the machine, hold nothing of the project. */
function mountOf(text: string, folder: string): Draft['mounts'][number] | null {
  const [, source = '', target = ''] = /^(\.{1,2}(?:\/[^:]*)?):(\/[^:]+)(?::\w+)?$/.exec(text) ?? []
  const path = source === '' ? null : joinPath(folder, source)
  return path === null ? null : { source: path, target: target.replace(/\/+$/, '') }
}

/** `NODE_ENV: value`, `- NODE_ENV=value`, and `- NODE_ENV`, which hands on what the host has. */
function variableIn(key: string, entry: string): { readonly name: string; readonly value: string } | null {
  if (!/^\d+$/.test(key)) return { name: key, value: entry }
  const [found, name = '', value = `\${${name}}`] = /^([A-Za-z_]\w*)(?:=(.*))?$/.exec(entry) ?? []
  return found === undefined ? null : { name, value }
}

function serviceOf(name: string, { at, settings, entrypoint, command, mounts, folder, has }: Draft): ComposeService {
  const text = (path: string): string | null => settings.get(path)?.value ?? null
  // What is extended speaks of the folder of its own file.
  const built = settings.get('build.context')
  const context = has.has('build') ? joinPath(built === undefined ? folder : folderOf(built.at.file), built?.value ?? '.') : null
  const mode = settings.get('environment.NODE_ENV') ?? null
  const check = settings.get('healthcheck') ?? null
  return {
    name,
    at,
    image: text('image'),
    context,
    dockerfile: context === null ? null : joinPath(context, text('build.dockerfile') ?? 'Dockerfile'),
    target: text('build.target'),
    user: settings.get('user') ?? null,
    words: [...entrypoint, ...command],
    hasEntrypoint: has.has('entrypoint'),
    wordsAt: settings.get('entrypoint')?.at ?? settings.get('command')?.at ?? null,
    restart: text('restart'),
    mode: mode?.value ?? null,
    modeAt: mode?.at ?? null,
    nodeOptions: settings.get('environment.NODE_OPTIONS') ?? null,
    mounts,
    healthCheck: check === null ? null : { is: check.value === 'off' ? 'off' : 'on', at: check.at },
    hasEnvironmentFile: has.has('env_file'),
  }
}
