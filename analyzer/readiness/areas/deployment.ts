// How the server is put where it runs, as far as files of the project say.
import { composeVariables } from '../../model/deployment/composeEnvironment.js'
import { healthCheckOf } from '../../model/deployment/containerHealth.js'
import { givenVariables } from '../../model/deployment/givenVariables.js'
import { buildStepOf } from '../../model/deployment/imageBuild.js'
import { packagesOf } from '../../model/deployment/imageInstalls.js'
import { imageUser } from '../../model/deployment/imageUser.js'
import { productionStarts } from '../../model/deployment/productionStarts.js'
import { serverImages, type ServerImage } from '../../model/deployment/serverImages.js'
import { sameLocation } from '../../text/location.js'
import type { Context, ControlDefinition, Judgement, Shown } from '../control.js'
import { againstIt, unlessFound, withheld } from '../fromFindings.js'
import { eachApp } from './places.js'
import { productionPlaces } from './productionPlaces.js'

const INSTALL = ['require-reproducible-install']

export const deployment: readonly ControlDefinition[] = [
  {
    id: 'production-mode',
    area: 'deployment',
    title: 'NODE_ENV is production where the server runs',
    weight: 2,
    rules: ['require-production-node-env'],
    judge: productionMode,
  },
  {
    id: 'image-user',
    area: 'deployment',
    title: 'Containers do not run as root',
    weight: 2,
    rules: ['no-root-container'],
    judge: (context) => ofImages(context, (image) => userOf(context, image)),
  },
  {
    id: 'image-version',
    area: 'deployment',
    title: 'Containers are built on a version that is named',
    weight: 1,
    rules: [],
    judge: (context) => ofImages(context, imageVersion),
  },
  {
    id: 'container-health',
    area: 'deployment',
    title: 'What runs containers asks how the server is',
    weight: 1,
    rules: ['require-container-health-check'],
    judge: (context) => ofImages(context, (image) => healthOf(context, image)),
  },
  {
    id: 'image-build',
    area: 'deployment',
    title: 'Images hold what was built, and not what builds it',
    weight: 1,
    rules: ['require-multi-stage-build'],
    judge: (context) => ofImages(context, (image) => builtIn(context, image)),
  },
  {
    id: 'reproducible-install',
    area: 'deployment',
    title: 'Images hold the packages of the lockfile, without those of developers',
    weight: 1,
    rules: INSTALL,
    judge: (context) => [...againstIt(context, INSTALL), ...installs(context)],
  },
  {
    id: 'production-start',
    area: 'deployment',
    title: 'Production starts what was built',
    weight: 1,
    rules: ['no-runtime-transpilation'],
    judge: (context) =>
      unlessFound(context, ['no-runtime-transpilation'], {
        text: 'No compiler, watcher or debugger starts with the server.',
        shown: productionStarts(context.model).map(({ at }) => ({ at, note: 'starts the server' })),
      }),
  },
  {
    id: 'deploy-secrets',
    area: 'deployment',
    title: 'Files of deployment hold no secrets',
    weight: 3,
    rules: ['no-plaintext-deploy-secret'],
    judge: (context) =>
      unlessFound(context, ['no-plaintext-deploy-secret'], { text: 'No secret was found in them.', shown: filesOfDeployment(context) }),
  },
  {
    id: 'maintained-packages',
    area: 'deployment',
    title: 'Packages that protect the server are maintained',
    weight: 1,
    rules: ['no-deprecated-hardening-package'],
    judge: (context) =>
      unlessFound(context, ['no-deprecated-hardening-package'], { text: 'None was found that is not.', shown: eachApp(context) }),
  },
]

function productionMode(context: Context): readonly Judgement[] {
  const found = againstIt(context, ['require-production-node-env'])
  if (found.length > 0) return found
  const shown = productionPlaces(context)
  if (shown.length === 0) {
    const text = 'No script, image or platform file sets it; the place where it runs may.'
    return [{ status: 'not-known', text, shown: eachApp(context), app: null }]
  }
  return [{ status: 'in-place', text: 'It is set.', shown: shown.slice(0, 8), app: null }]
}

/** Images that run the server: those of development, tests and other things are left out. */
function ofImages({ model }: Context, judge: (image: ServerImage) => Omit<Judgement, 'app'>): readonly Judgement[] {
  const judged = serverImages(model).map((image) => ({ ...judge(image), app: null }))
  return judged.length > 0 ? judged : [{ status: 'not-applicable', text: 'No Dockerfile of the server was found.', shown: [], app: null }]
}

/** Asked as the rule asks, so that what nobody is sure of stays so. */
function userOf({ model }: Context, image: ServerImage): Omit<Judgement, 'app'> {
  const { runsAs, text, at, confidence } = imageUser(model, image)
  const status = runsAs === 'other' ? 'in-place' : runsAs === 'root' && confidence !== 'low' ? 'missing' : 'not-known'
  return { status, text, shown: [{ at, note: 'the user' }] }
}

/** `gcr.io/distroless/nodejs22-debian12:nonroot`: the tag says who runs it. */
function hasVersionInName(base: string): boolean {
  return /\/nodejs\d+[^/]*$/.test(base)
}

function imageVersion({ stage }: ServerImage): Omit<Judgement, 'app'> {
  const outside = [...stage.earlier, stage].filter(({ below, base }) => below === null && base !== 'scratch')
  const shown = outside.map(({ at, base }) => ({ at, note: base }))
  if (outside.some(({ base }) => base.includes('$'))) return { status: 'not-known', text: 'The base image is a variable.', shown }
  const loose = outside.filter(({ base }) => !base.includes('@sha256:') && !/:[^/]*\d/.test(base) && !hasVersionInName(base))
  return loose.length > 0
    ? { status: 'missing', text: 'A build may get another version each time.', shown: loose.map(({ at, base }) => ({ at, note: base })) }
    : { status: 'in-place', text: 'Base images name a version.', shown }
}

function healthOf({ model }: Context, image: ServerImage): Omit<Judgement, 'app'> {
  const at = healthCheckOf(model, image)
  return at === null
    ? { status: 'missing', text: 'No file says that anything asks.', shown: [{ at: image.stage.at, note: 'the stage that runs' }] }
    : { status: 'in-place', text: 'It is asked.', shown: [{ at, note: 'asks' }] }
}

function builtIn(context: Context, { stage }: ServerImage): Omit<Judgement, 'app'> {
  const step = buildStepOf(stage)
  if (step !== null) return { status: 'partly', text: 'It is built in the stage that runs.', shown: [{ at: step.at, note: 'builds' }] }
  const doubt = withheld(context, ['require-multi-stage-build'])
  return (
    doubt ?? { status: 'in-place', text: 'The stage that runs builds nothing.', shown: [{ at: stage.at, note: 'the stage that runs' }] }
  )
}

/** How each image gets its packages; what findings tell is not told again. */
function installs(context: Context): readonly Judgement[] {
  const { model } = context
  const told = context.findingsOf(INSTALL)
  const doubt = told.length > 0 ? null : withheld(context, INSTALL)
  return ofImages(context, (image) => {
    const packages = packagesOf(model, image)
    const shown = packages.map(({ at, command }) => ({ at, note: command }))
    const of = (status: Judgement['status'], text: string, places = shown): Omit<Judgement, 'app'> => ({ status, text, shown: places })
    if (packages.length === 0)
      return of('not-known', 'No install of packages was seen in it.', [{ at: image.stage.at, note: 'the stage that runs' }])
    const loose = packages.filter(({ isHeld, at }) => isHeld === 'no' && !told.some((one) => sameLocation(one.at, at)))
    const text = 'No lockfile holds it: each build gets the newest versions that package.json allows.'
    if (loose.length > 0)
      return of(
        'missing',
        text,
        loose.map(({ at, command }) => ({ at, note: command })),
      )
    if (doubt !== null) return doubt
    if (packages.some(({ isHeld }) => isHeld !== 'yes')) return of('not-known', 'Which versions it installs is not known.')
    return packages.some(({ keepsDevelopers }) => keepsDevelopers)
      ? of('partly', 'The lockfile is kept to, and packages of developers stay in what runs.')
      : of('in-place', 'Installs keep to the lockfile.')
  })
}

/** The first variable of each file that gives some. */
function filesOfDeployment({ model }: Context): readonly Shown[] {
  const places = [...composeVariables(model), ...givenVariables(model)].map(({ at }) => ({ at, note: 'gives variables' }))
  return places.filter(({ at }, index) => places.findIndex((other) => other.at.file === at.file) === index)
}
