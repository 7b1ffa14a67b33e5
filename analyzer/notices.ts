// What a user must know about a run besides findings: above all that silence is no proof where nothing was understood.
import type { FileFacts } from './extract/facts.js'
import { rangeOf } from './check/range.js'
import type { ProjectModel } from './model/model.js'
import { unparsedModules, type UnparsedModule } from './unparsedModules.js'
import { unreadLayers } from './model/unread.js'
import { unreadDependencies, unreadOwnPackages } from './model/unreadOwnPackages.js'
import { partlyKnownRegistrations } from './model/partlyKnown.js'
import { listed } from './model/words.js'

export interface Notice {
  readonly kind:
    | 'no-files'
    | 'no-application'
    | 'unknown-framework'
    | 'no-server'
    | 'exhausted-budget'
    | 'partly-known'
    | 'own-package'
    | 'unread-layer'
    | 'unparsed-module'
    | 'settings'
  readonly message: string
  /** True where something is likely to be missed; false where there simply is nothing. */
  readonly isWarning: boolean
}

export function noticesOf(model: ProjectModel, files: ReadonlyMap<string, FileFacts>): readonly Notice[] {
  const { seen } = model
  const notices: Notice[] = []
  const code = [...files.values()].filter((facts) => facts.kind === 'unparsed' || (facts.kind === 'source' && facts.language !== 'json'))
  if (code.length === 0)
    notices.push({ kind: 'no-files', message: 'There is no JavaScript or TypeScript here. Give the folder of a server.', isWarning: false })
  for (const name of seen.unknownFrameworks) {
    notices.push({
      kind: 'unknown-framework',
      message: `package.json depends on ${name}, a framework that Parapet does not know yet: its routes and middleware are not checked.`,
      isWarning: true,
    })
  }
  for (const name of seen.missingFrameworks) {
    notices.push({ kind: 'no-application', message: noApplication(name, unreadDependencies(model)), isWarning: true })
  }
  if (seen.applications === 0 && code.length > 0 && seen.missingFrameworks.length === 0 && seen.unknownFrameworks.length === 0) {
    notices.push({
      kind: 'no-server',
      message:
        'No server was found here: nothing creates an application of Express, Fastify or NestJS. Only rules about single pieces of code ran.',
      isWarning: false,
    })
  }
  if (seen.exhaustedBudgets > 0) {
    notices.push({
      kind: 'exhausted-budget',
      message: `The boot gave up in ${listed(seen.exhaustedFiles, MOST_PLACES)}; what lies behind is marked incomplete.`,
      isWarning: true,
    })
  }
  return [
    ...notices,
    ...unparsedModules(model, files).map(unparsedNotice),
    ...ownPackagesNotice(model),
    ...unreadNotice(model),
    ...partlyKnownNotice(model),
  ]
}

function unparsedNotice({ file, loadedBy }: UnparsedModule): Notice {
  const how = loadedBy === null ? 'A server is started from it' : `${loadedBy} loads it`
  return { kind: 'unparsed-module', message: `${file} does not parse. ${how}, so what it registers is not known.`, isWarning: true }
}

/** Services of a monorepo often have their application made by a package that they share. */
function noApplication(framework: string, own: readonly string[]): string {
  const what = `package.json depends on ${framework}, but no application of it was found, so rules about what is missing stay silent.`
  if (own.length === 0) return `${what} Name the module that starts it under "entries" in parapet.config.json.`
  const many = own.length > 1
  return `${what} ${listed(own, MOST_PLACES)} ${many ? 'are packages' : 'is a package'} of your own that ${many ? 'were' : 'was'} not read and may make it: check the root of the monorepo (with --application for this part of it).`
}

/** Where a package of the same house stands in front of routes, rules about what lacks stay silent: the reader must know why. */
function ownPackagesNotice(model: ProjectModel): readonly Notice[] {
  const names = unreadOwnPackages(model)
  if (names.length === 0) return []
  const [are, they, do_] =
    names.length === 1 ? ['is a package of your own that was', 'it', 'does'] : ['are packages of your own that were', 'they', 'do']
  return [
    {
      kind: 'own-package',
      message: `${listed(names, MOST_PLACES)} ${are} not read, so what ${they} ${do_} in front of routes is not known. Check the root of the monorepo (with --application for this part of it), or say under "middleware" in parapet.config.json what ${they} ${do_}.`,
      isWarning: true,
    },
  ]
}

/** Where nothing is known of a layer, what seems to lack may be there: silence is no proof, and what is said is less sure. */
function unreadNotice(model: ProjectModel): readonly Notice[] {
  const places = unreadLayers(model).map((at) => `${at.file}:${rangeOf(model.files, at).start.line}`)
  if (places.length === 0) return []
  const [what, it] = places.length === 1 ? ['A layer', 'it does'] : [`${places.length} layers`, 'they do']
  return [
    {
      kind: 'unread-layer',
      message: `${what} could not be read, so what ${it} in front of routes is not known, and what seems to be missing is less sure: ${listed(places, MOST_PLACES)}.`,
      isWarning: true,
    },
  ]
}

const MOST_PLACES = 3

/** Registrations that may stand for routes which nobody sees: a warning. Computed paths alone hide nothing: a note. */
function partlyKnownNotice(model: ProjectModel): readonly Notice[] {
  const places = partlyKnownRegistrations(model)
  if (places.length === 0) return []
  const hiding = places.filter((place) => place.mayHideRoutes)
  const shown = hiding.length > 0 ? hiding : places
  const named = shown.map(({ at, why }) => `${at.file}:${rangeOf(model.files, at).start.line} (${why})`)
  const what = `${shown.length === 1 ? 'A registration is' : `${shown.length} registrations are`} known in part`
  const effect = hiding.length > 0 ? 'so routes may be missing here' : 'so their paths are shown as *'
  return [
    {
      kind: 'partly-known',
      message: `${what}, ${effect}: ${listed(named, MOST_PLACES)}. \`parapet routes --unreached\` lists all.`,
      isWarning: hiding.length > 0,
    },
  ]
}

/** True when no application was found, one is built on a framework that is not understood, or loads what does not parse: nothing can be said for sure. */
export function lacksApplication(model: ProjectModel): boolean {
  if (unparsedModules(model, model.files).length > 0) return true
  return model.seen.applications === 0 || model.seen.missingFrameworks.length > 0 || model.seen.unknownFrameworks.length > 0
}
