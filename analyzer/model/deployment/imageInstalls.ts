// How an image of the server gets its packages: by a lockfile or not, and whether those of developers stay in it.
import { simpleCommands, withoutAssignments, wordsOf } from '../../link/shellCommand.js'
import type { Location } from '../../text/location.js'
import { developerStartOf } from './developerStarts.js'
import { imageVariables, stagesBelow, stagesWithin, type ImageStage } from './imageStages.js'
import type { Answer, ProjectModel } from '../model.js'
import type { ServerImage } from './serverImages.js'
import { packageAt } from '../versions.js'

export interface LooseInstall {
  /** `lockless`: the project has no lockfile. `unlocked`: it is not in the image yet. `loose`: it may be passed over. `development`: what developers need stays in the image. */
  readonly kind: 'lockless' | 'unlocked' | 'loose' | 'development'
  readonly at: Location
  /** As written: `npm install`. */
  readonly command: string
  /** What to write in its place. */
  readonly instead: string
  /** True where one may be written for the other. */
  readonly isReplaceable: boolean
}

interface Install {
  readonly stage: ImageStage
  readonly at: Location
  /** Position among the instructions of its stage. */
  readonly index: number
  readonly manager: 'npm' | 'yarn' | 'pnpm'
  readonly written: string
  readonly options: readonly string[]
  readonly isClean: boolean
}

/** At most one of each kind, of the stages that anything of the image comes from. */
export function looseInstallsOf(model: ProjectModel, { stage, folders, commands }: ServerImage): readonly LooseInstall[] {
  const installs = [...stagesWithin(stage)].flatMap(installsIn)
  const owners = folders.flatMap((folder) => packageAt(model, folder) ?? [])
  const isLocked = owners.some(({ locked }) => Object.keys(locked).length > 0)
  const unlocked = installs.find((one) => !one.isClean && isLocked && !isLockfileThere(one))
  const loose = installs.find((one) => !one.isClean && one !== unlocked && isLocked && mayPassOver(one))
  // Without dependencies there is nothing that a lockfile could name.
  const isBare =
    !isLocked && owners.every((one) => one.hasLockfile !== true) && owners.some(({ dependencies }) => Object.keys(dependencies).length > 0)
  const lockless = isBare ? installs.find((one) => !one.isClean && !mayHaveLockfile(one)) : undefined
  const needsDevelopers = owners.some(({ devDependencies }) => Object.keys(devDependencies).length > 0)
  // What compiles at start needs them, which is another matter.
  const isBuilt = commands.every(({ words }) => developerStartOf(words) === null)
  const kept = needsDevelopers && isBuilt ? keptInstall(stage, installs) : undefined
  return [
    ...(lockless === undefined ? [] : [found('lockless', lockless)]),
    ...(unlocked === undefined ? [] : [found('unlocked', unlocked)]),
    ...(loose === undefined || unlocked !== undefined ? [] : [found('loose', loose)]),
    // Two faults of one step are mended together.
    ...(kept === undefined || kept === unlocked || kept === loose || kept === lockless ? [] : [found('development', kept)]),
  ]
}

export interface ImagePackages {
  readonly at: Location
  /** As written: `npm install`. */
  readonly command: string
  /** Whether it is held to a lockfile; `no` where it takes the newest versions that package.json allows. */
  readonly isHeld: Answer
  /** True where what it brings for developers stays in what runs. */
  readonly keepsDevelopers: boolean
}

/** Where the packages of an image come from. Empty where no install was seen, as with scripts and other package managers. */
export function packagesOf(model: ProjectModel, { stage, folders }: ServerImage): readonly ImagePackages[] {
  const installs = [...stagesWithin(stage)].flatMap(installsIn)
  const owners = folders.flatMap((folder) => packageAt(model, folder) ?? [])
  const isLocked = owners.some(({ locked }) => Object.keys(locked).length > 0)
  const kept = owners.some(({ devDependencies }) => Object.keys(devDependencies).length > 0) ? keptInstall(stage, installs) : undefined
  // Without dependencies there is nothing that a lockfile could name.
  const isKnown = owners.some(({ dependencies }) => Object.keys(dependencies).length > 0)
  return installs.map((one) => {
    const isHeld = one.isClean || (isLocked && isLockfileThere(one) && !mayPassOver(one))
    return { at: one.at, command: one.written, isHeld: isHeld ? 'yes' : isKnown ? 'no' : 'unknown', keepsDevelopers: one === kept }
  })
}

function found(kind: LooseInstall['kind'], install: Install): LooseInstall {
  const { at, written, manager } = install
  const clean = manager === 'npm' ? 'npm ci' : `${written} --frozen-lockfile`
  return { kind, at, command: written, instead: clean, isReplaceable: kind === 'loose' && isOnlyManager(install) }
}

/** Where another package manager is at work the lockfile may be that one's. */
function isOnlyManager({ stage, manager }: Install): boolean {
  const texts = [...stage.earlier, stage].flatMap(({ instructions }) => instructions.map(({ value }) => value))
  return !texts.some((text) =>
    ['npm', 'yarn', 'pnpm', 'bun'].some((other) => other !== manager && new RegExp(`\\b${other}\\b(?! (install|i) -g)`).test(text)),
  )
}

/** Installs of the project's own packages: neither of single ones nor of programs for everybody. */
function installsIn(stage: ImageStage): readonly Install[] {
  return stage.instructions.flatMap(({ name, value, at }, index) => {
    if (name !== 'RUN') return []
    const line = value.replace(/^(--\S+\s+)+/, '')
    return (line.startsWith('[') ? [wordsOf(line)] : simpleCommands(line)).flatMap((command): readonly Install[] => {
      const [manager = '', verb = '', ...rest] = withoutAssignments(command)
      if (manager !== 'npm' && manager !== 'yarn' && manager !== 'pnpm') return []
      const isBareYarn = manager === 'yarn' && (verb === '' || verb.startsWith('-'))
      const options = isBareYarn ? [verb, ...rest].filter((word) => word !== '') : rest
      const isNamed = options.some(
        (word, at) => !word.startsWith('-') && !isValue(options[at - 1]) && !/^(true|false|\d?>.*|\/dev\/null)$/.test(word),
      )
      const isClean = /^(ci|clean-install|install-clean|install-ci)$/.test(verb) && manager === 'npm'
      const isInstall = isBareYarn || isClean || verb === 'install' || (verb === 'i' && manager !== 'yarn')
      if (
        !isInstall ||
        isNamed ||
        options.some((word) => /^(-g|--global|--location=global|--lockfile-only|--package-lock-only)$/.test(word))
      )
        return []
      const isFrozen = isClean || options.some((word) => /^--(frozen-lockfile|immutable|pure-lockfile)(=true)?$/.test(word))
      return [{ stage, at, index, manager, options, written: isBareYarn ? 'yarn' : `${manager} ${verb}`, isClean: isFrozen }]
    })
  })
}

/** Words behind these belong to them. */
function isValue(before: string | undefined): boolean {
  return (
    before !== undefined &&
    /^(--omit|--include|--only|--loglevel|--registry|--network-timeout|--cache|--cache-folder|--prefix|--cwd|--filter|-F|-w|--workspace|-C|--mutex|--store-dir|--network-concurrency|--fetch-timeout)$/.test(
      before,
    )
  )
}

/** pnpm and yarn take a lockfile that fits as it is, and Yarn from 2 on says so where it does not; npm writes another one. */
function mayPassOver({ manager, options }: Install): boolean {
  return manager !== 'yarn' || options.every((word) => !/^--(immutable|no-immutable|check-cache|mode)/.test(word))
}

/** True where the text of the image speaks of one: what is built in another place than the repository may have it there. */
function mayHaveLockfile({ stage }: Install): boolean {
  return stagesBelow(stage).some((one) =>
    one.instructions.some(
      ({ name, value }) => /lock|shrinkwrap|git clone/.test(value) && !(name === 'RUN' && /--no-(package-)?lock/.test(value)),
    ),
  )
}

/** Whether a COPY before it may bring a lockfile along. Only files that are named one by one are sure to leave it out. */
function isLockfileThere({ stage, index }: Install): boolean {
  return stagesBelow(stage).some((one) =>
    one.instructions.slice(0, one === stage ? index : undefined).some(({ name, value }) => {
      if (name === 'RUN') return /lock|shrinkwrap|git clone|--mount=type=bind/.test(value)
      if (name !== 'COPY' && name !== 'ADD') return false
      return !value
        .replace(/[[\]",]/g, ' ')
        .trim()
        .split(/\s+/)
        .slice(0, -1)
        .every(
          (source) =>
            /^--(?!from)/.test(source) ||
            /(^|\/)(package\.json|tsconfig[\w.]*\.json|nest-cli\.json|\.npmrc|\.yarnrc(\.yml)?|[\w.-]+\.[cm]?[jt]s)$/.test(source),
        )
    }),
  )
}

/** An install in what runs that brings packages of developers, none of which goes again. */
function keptInstall(stage: ImageStage, installs: readonly Install[]): Install | undefined {
  const lineage = stagesBelow(stage)
  const instructions = [...lineage].reverse().flatMap((one) => one.instructions)
  if (instructions.some(({ name, value }) => name === 'RUN' && prunes.test(value))) return undefined
  return installs.find(({ stage: own, options, at }) => {
    if (!lineage.includes(own) || options.some((word) => leavesOut.test(word)) || /--omit[ =]dev|--only[ =]prod/.test(options.join(' ')))
      return false
    const before = instructions.slice(
      0,
      instructions.findIndex((one) => one.at.node === at.node),
    )
    // What is asked for by name goes before NODE_ENV.
    const isAskedFor = /--(?:include[ =]dev|production=false|prod=false|dev)\b/.test(options.join(' '))
    const isProduction =
      !isAskedFor &&
      before.some(
        ({ name, value }) =>
          /^(ENV|ARG)$/.test(name) && imageVariables(value).some(([key, text]) => key === 'NODE_ENV' && text !== 'development'),
      )
    // Folders of packages that are copied in replace what was installed.
    const isReplaced = instructions.some(({ name, value }) => name === 'COPY' && /--from=.*node_modules/.test(value))
    return (
      !isProduction &&
      !isReplaced &&
      !/NODE_ENV=production|NPM_CONFIG_(PRODUCTION|OMIT)/i.test(instructions.find((one) => one.at.node === at.node)?.value ?? '')
    )
  })
}

const leavesOut = /^(--production(=true)?|--prod|-P|--omit=dev|--only=prod\w*|--no-dev)$/
const prunes =
  /\b(npm|pnpm|yarn)\s+prune\b|\bnpm (ci|i|install)\b[^&|;]*--(omit[ =]dev|production|only[ =]prod)|\b(pnpm|yarn)\b[^&|;]*--prod|workspaces focus[^&|;]*--production|\bpnpm\b.*\bdeploy\b|rm -rf [^&|;]*node_modules|node-prune|modclean/
