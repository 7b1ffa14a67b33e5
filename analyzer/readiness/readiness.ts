// The readiness report: what stands between a server and production, computed from its model and findings.
import type { Analysis } from '../analyze.js'
import type { Finding } from '../check/finding.js'
import { rangeOf } from '../check/range.js'
import { auxiliaryKind } from '../model/auxiliary.js'
import type { App, ProjectModel, Seen } from '../model/model.js'
import type { Location } from '../text/location.js'
import { AREAS, CONTROLS } from './areas/index.js'
import { nameIn } from './applicationName.js'
import { attackSurface, type SurfaceRoute } from './attackSurface.js'
import { combined, type AreaId, type Context, type ControlDefinition, type Judgement, type Shown, type Status } from './control.js'
import { environmentVariables } from './environment.js'
import { judgementsOf } from './fromFindings.js'
import { scoreOf } from './score.js'

/** A place as readers know it; lines and columns count from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

export interface NotedPlace extends Place {
  readonly note: string
}

export interface Answer {
  readonly status: Status
  readonly text: string
  /** The application that it is about; null for the project. */
  readonly application: string | null
  readonly places: readonly NotedPlace[]
}

export interface Control {
  readonly id: string
  readonly title: string
  readonly weight: number
  readonly status: Status
  readonly answers: readonly Answer[]
  /** Rules whose findings count here; `parapet explain` tells more. */
  readonly rules: readonly string[]
}

export interface Area {
  readonly id: AreaId
  readonly title: string
  /** 0 to 100; null where nothing applies or nothing is known. */
  readonly score: number | null
  readonly controls: readonly Control[]
}

export interface ReportedVariable {
  readonly name: string
  readonly isSecret: boolean
  readonly reads: readonly Place[]
  readonly fallbacks: readonly Place[]
  readonly isChecked: 'yes' | 'no' | 'unknown'
}

export interface Readiness {
  /** Changes when a field changes its meaning or goes. */
  readonly version: 1
  readonly applications: readonly (Place & {
    readonly name: string
    readonly framework: string
    readonly kind: string
    readonly entry: string
  })[]
  readonly areas: readonly Area[]
  readonly routes: readonly SurfaceRoute[]
  readonly environment: readonly ReportedVariable[]
  readonly seen: Seen
  /** Files that did not parse. */
  readonly unparsed: readonly Place[]
}

/** `all` holds every finding, before anything is left out as known; `ran` the rules that looked. Pure: the same analysis gives the same report. */
export function readinessOf(all: Analysis, ran: ReadonlySet<string>): Readiness {
  const { model } = all
  const place = (at: Location): Place => {
    const { line, column } = rangeOf(model.files, at).start
    return { file: at.file, line, column }
  }
  const context = contextOf(all, ran)
  const controls = CONTROLS.map((definition) => ({ area: definition.area, control: controlOf(definition, context, place) }))
  return {
    version: 1,
    applications: model.apps.map((app) => ({
      name: nameIn(model, app),
      framework: app.framework,
      kind: app.kind,
      entry: app.entry,
      ...place(app.at),
    })),
    areas: AREAS.map(({ id, title }) => {
      const own = controls.filter(({ area }) => area === id).map(({ control }) => control)
      return { id, title, score: scoreOf(own), controls: own }
    }),
    routes: attackSurface(model, place),
    environment: environmentVariables(model).map((one) => ({ ...one, reads: one.reads.map(place), fallbacks: one.fallbacks.map(place) })),
    seen: model.seen,
    unparsed: all.unparsed.map(({ file, line, column }) => ({ file, line, column })),
  }
}

function controlOf(definition: ControlDefinition, context: Context, place: (at: Location) => Place): Control {
  const { id, title, weight, rules } = definition
  // Without an application there is nothing that a control could protect.
  const judgements = context.apps.length === 0 ? [] : judgementsOf(definition, context)
  const several = context.apps.length > 1
  const answers = judgements.map(({ status, text, shown, app }: Judgement): Answer => ({
    status,
    text,
    application: app !== null && several ? nameIn(context.model, app) : null,
    places: shown.map(({ at, note }) => ({ ...place(at), note })),
  }))
  return { id, title, weight, status: combined(judgements), answers, rules }
}

function contextOf(analysis: Analysis, ran: ReadonlySet<string>): Context {
  const { model } = analysis
  const failed = new Set(analysis.internalErrors.map(({ ruleId }) => ruleId))
  const of = (findings: readonly Finding[], rules: readonly string[]): readonly Finding[] =>
    findings.filter(({ ruleId }) => rules.includes(ruleId))
  return {
    model,
    apps: servingApps(model),
    findingsOf: (rules) => [...of(analysis.findings, rules), ...of(analysis.suppressed, rules)],
    doubtsOf: (rules) => of(analysis.hidden, rules),
    hasRun: (rule) => ran.has(rule) && !failed.has(rule),
    blindness: blindnessOf(analysis),
  }
}

function servingApps(model: ProjectModel): readonly App[] {
  const serving = model.apps.filter((app) => auxiliaryKind(model, app) === null)
  return serving.length > 0 ? serving : model.apps
}

/** Files that did not parse, handlers that were not followed to their end, and routes with code in front that was not understood. */
function blindnessOf({ model, unparsed }: Analysis): Shown | null {
  const broken = unparsed.find(({ file }) => model.productionFiles.has(file) || model.serverFiles.has(file))
  if (broken !== undefined) return { at: { file: broken.file, fn: '', node: 0 }, note: 'does not parse' }
  const gap = model.apps.flatMap(({ scope }) => scope.gaps).find(({ isBlind }) => isBlind)
  if (gap !== undefined) return { at: gap.at, note: gap.why }
  const [first] = model.apps
  return model.seen.exhaustedBudgets > 0 && first !== undefined ? { at: first.at, note: 'too large to follow to its end' } : null
}
