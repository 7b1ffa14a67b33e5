// How the server is put where it runs, as far as files of the project say.
import type { DeploymentFacts } from '../../extract/facts.js'
import type { Location } from '../../text/location.js'
import type { Context, ControlDefinition, Judgement } from '../control.js'
import { eachApp } from './places.js'
import { productionPlaces } from './productionPlaces.js'

export const deployment: readonly ControlDefinition[] = [
  {
    id: 'production-mode',
    area: 'deployment',
    title: 'NODE_ENV is production where the server runs',
    weight: 2,
    rules: [],
    judge: productionMode,
  },
  {
    id: 'image-user',
    area: 'deployment',
    title: 'Containers do not run as root',
    weight: 2,
    rules: [],
    judge: (context) => ofImages(context, imageUser),
  },
  {
    id: 'image-version',
    area: 'deployment',
    title: 'Containers are built on a version that is named',
    weight: 1,
    rules: [],
    judge: (context) => ofImages(context, imageVersion),
  },
]

function productionMode(context: Context): readonly Judgement[] {
  const shown = productionPlaces(context)
  if (shown.length === 0) {
    const text = 'No script, image or platform file sets it; the place where it runs may.'
    return [{ status: 'not-known', text, shown: eachApp(context), app: null }]
  }
  return [{ status: 'in-place', text: 'It is set.', shown: shown.slice(0, 8), app: null }]
}

interface Stage {
  readonly at: Location
  readonly base: string
  readonly name: string | null
  readonly user: { readonly at: Location; readonly value: string } | null
}

/** Images for production: Dockerfiles of development and tests are left out. */
function ofImages({ model }: Context, judge: (stages: readonly Stage[]) => Omit<Judgement, 'app'>): readonly Judgement[] {
  const files = model.deployment.filter(
    ({ format, file }) => format === 'dockerfile' && !/(^|[./_-])(dev|development|test|e2e|local|devcontainer)([./_-]|$)/i.test(file),
  )
  const judged = files.flatMap((facts) => {
    const stages = stagesOf(facts)
    return stages.length === 0 ? [] : [{ ...judge(stages), app: null }]
  })
  return judged.length > 0 ? judged : [{ status: 'not-applicable', text: 'No Dockerfile was found.', shown: [], app: null }]
}

function stagesOf({ file, entries }: DeploymentFacts): readonly Stage[] {
  const numbers = [...new Set(entries.map(({ key }) => key[0] ?? ''))]
  return numbers.flatMap((number): Stage[] => {
    const own = entries.filter(({ key }) => key[0] === number)
    const from = own.find(({ key }) => key[1] === 'FROM')
    if (from === undefined) return []
    const user = own.filter(({ key }) => key[1] === 'USER').at(-1)
    const [base = '', , name = null] = from.value.replace(/^--\S+\s+/, '').split(/\s+/)
    const at = (node: number): Location => ({ file, fn: '', node })
    return [{ at: at(from.node), base, name, user: user === undefined ? null : { at: at(user.node), value: user.value.trim() } }]
  })
}

/** The last stage is what runs; one that is built on an earlier stage has its user. */
function imageUser(stages: readonly Stage[]): Omit<Judgement, 'app'> {
  let stage = stages.at(-1)
  const first = stage
  while (stage !== undefined && stage.user === null) {
    const { base } = stage
    const below: Stage | undefined = stages.slice(0, stages.indexOf(stage)).find(({ name }) => name?.toLowerCase() === base.toLowerCase())
    if (below === undefined) break
    stage = below
  }
  const user = stage?.user ?? null
  if (stage === undefined || first === undefined) return { status: 'not-known', text: 'The image was not understood.', shown: [] }
  if (user === null && /nonroot|rootless|unprivileged/.test(stage.base))
    return { status: 'in-place', text: 'The base image has a user of its own.', shown: [{ at: stage.at, note: stage.base }] }
  if (user === null && !/^(docker\.io\/)?(library\/)?(node|alpine|debian|ubuntu|oven\/bun)(:|@|$)/.test(stage.base))
    return { status: 'not-known', text: 'Which user the base image has is not known.', shown: [{ at: stage.at, note: stage.base }] }
  if (user === null)
    return {
      status: 'missing',
      text: 'No USER is set, so the server runs as root.',
      shown: [{ at: first.at, note: 'the stage that runs' }],
    }
  if (user.value.includes('$')) return { status: 'not-known', text: 'The user is a variable.', shown: [{ at: user.at, note: user.value }] }
  const isRoot = /^(root|0)(:|$)/.test(user.value)
  return {
    status: isRoot ? 'missing' : 'in-place',
    text: isRoot ? 'The server runs as root.' : `The server runs as ${user.value}.`,
    shown: [{ at: user.at, note: 'the user' }],
  }
}

function imageVersion(stages: readonly Stage[]): Omit<Judgement, 'app'> {
  const names = new Set(stages.flatMap(({ name }) => name?.toLowerCase() ?? []))
  const outside = stages.filter(({ base }) => !names.has(base.toLowerCase()) && base !== 'scratch')
  const shown = outside.map(({ at, base }) => ({ at, note: base }))
  if (outside.some(({ base }) => base.includes('$'))) return { status: 'not-known', text: 'The base image is a variable.', shown }
  const loose = outside.filter(({ base }) => !base.includes('@sha256:') && !/:[^/]*\d/.test(base))
  return loose.length > 0
    ? { status: 'missing', text: 'A build may get another version each time.', shown: loose.map(({ at, base }) => ({ at, note: base })) }
    : { status: 'in-place', text: 'Base images name a version.', shown }
}
