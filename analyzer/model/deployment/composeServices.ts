// Services of compose files that are not for developers: what they build, run, and run as.
import { wordsOf } from '../../link/shellCommand.js'
import { folderOf, joinPath } from '../../link/filePath.js'
import type { ImageSources } from '../../link/imageFiles.js'
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
  readonly user: { readonly value: string; readonly at: Location } | null
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
  /** What of the project lies in its container by a volume: paths of the project by those of the container. */
  readonly mounts: readonly { readonly source: string; readonly target: string }[]
  readonly hasHealthCheck: boolean
  readonly hasEnvironmentFile: boolean
}

interface Draft {
  readonly at: Location
  readonly settings: Map<string, { readonly value: string; readonly at: Location }>
  readonly entrypoint: string[]
  readonly command: string[]
  readonly mounts: { readonly source: string; readonly target: string }[]
  readonly folder: string
  readonly has: Set<string>
}

/** A service of several files of a folder is one: files for production add to the plain one. */
export const composeServices: (model: ProjectModel) => readonly ComposeService[] = recordedOnce((model) => {
  const drafts = new Map<string, Draft>()
  for (const { file, entries } of model.deployment.filter((facts) => isComposeFile(facts.file))) {
    const folder = folderOf(file)
    for (const { key, value, node } of entries) {
      const [section, name, setting, index, deeper] = key
      if (section !== 'services' || name === undefined || setting === undefined) continue
      const at = { file, fn: '', node }
      const known = drafts.get(`${folder}\n${name}`)
      const draft: Draft = known ?? { at, settings: new Map(), entrypoint: [], command: [], mounts: [], folder, has: new Set() }
      if (known === undefined) drafts.set(`${folder}\n${name}`, draft)
      draft.has.add(setting)
      const mode = setting === 'environment' ? modeIn(index ?? '', value) : null
      if (mode !== null) draft.settings.set('mode', { value: mode, at })
      const mount = setting === 'volumes' ? mountOf(value, folder) : null
      if (mount !== null) draft.mounts.push(mount)
      if (setting === 'command' || setting === 'entrypoint') {
        // A later file replaces what an earlier one says.
        if (draft.settings.get(setting)?.at.file !== file) draft[setting].length = 0
        if (draft[setting].length === 0) draft.settings.set(setting, { value, at })
        draft[setting].push(...(index === undefined ? wordsOf(value) : [value]))
      } else if (deeper === undefined) {
        const path = index === undefined || setting !== 'build' ? setting : `build.${index}`
        draft.settings.set(path === 'build' ? 'build.context' : path, { value, at })
      }
    }
  }
  return [...drafts].map(([key, draft]) => serviceOf(key.slice(key.indexOf('\n') + 1), draft))
})

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
function modeIn(key: string, entry: string): string | null {
  if (key === 'NODE_ENV') return entry
  const [found, value = '${NODE_ENV}'] = /^NODE_ENV(?:=(.*))?$/.exec(entry) ?? []
  return found === undefined ? null : value
}

function serviceOf(name: string, { at, settings, entrypoint, command, mounts, folder, has }: Draft): ComposeService {
  const text = (path: string): string | null => settings.get(path)?.value ?? null
  const context = has.has('build') ? joinPath(folder, text('build.context') ?? '.') : null
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
    mode: text('mode'),
    modeAt: settings.get('mode')?.at ?? null,
    mounts,
    hasHealthCheck: has.has('healthcheck'),
    hasEnvironmentFile: has.has('env_file'),
  }
}
