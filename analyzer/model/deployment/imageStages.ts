// Stages of a Dockerfile: what each is built on, copies from others, sets, and starts.
import type { DeploymentFacts } from '../../extract/facts.js'
import { imageSources, type ImageSources } from '../../link/imageFiles.js'
import { wordsOf } from '../../link/shellCommand.js'
import type { Location } from '../../text/location.js'

export interface ImageInstruction {
  /** In capitals. */
  readonly name: string
  readonly value: string
  readonly at: Location
}

export interface ImageStage {
  readonly file: string
  /** Its FROM. */
  readonly at: Location
  /** The image that it begins with, defaults of build arguments filled in. */
  readonly base: string
  readonly name: string | null
  /** The earlier stage that it is built on. */
  readonly below: ImageStage | null
  readonly earlier: readonly ImageStage[]
  /** Where the files of its image come from. */
  readonly sources: ImageSources
  /** Its own, without FROM. */
  readonly instructions: readonly ImageInstruction[]
}

/** The stages of one file in order; none for files of another format. */
export function imageStages(facts: DeploymentFacts): readonly ImageStage[] {
  const { file, format, entries } = facts
  if (format !== 'dockerfile') return []
  const stages: ImageStage[] = []
  const defaults = new Map<string, string>()
  let instructions: ImageInstruction[] = []
  for (const { key, value, node } of entries) {
    const [, name = ''] = key
    const at = { file, fn: '', node }
    if (name === 'ARG' && stages.length === 0) for (const [argument, text] of imageVariables(value)) defaults.set(argument, text)
    if (name !== 'FROM') {
      if (stages.length > 0) instructions.push({ name, value, at })
      continue
    }
    const [written = '', , alias = null] = value.replace(/^(--\S+\s+)+/, '').split(/\s+/)
    const base = written.replace(/\$\{?(\w+)(?::?-([^}]*))?\}?/g, (whole, argument: string, other?: string) => {
      return defaults.get(argument) ?? other ?? whole
    })
    instructions = []
    const earlier = [...stages]
    const sources = imageSources(facts, earlier.length)
    stages.push({ file, at, base, name: alias, below: stageNamed(earlier, base), earlier, sources, instructions })
  }
  return stages
}

/** By its name or number; the last one where a name comes again. */
export function stageNamed(stages: readonly ImageStage[], name: string): ImageStage | null {
  const named = stages.findLast((stage) => stage.name?.toLowerCase() === name.toLowerCase())
  return named ?? (/^\d+$/.test(name) ? (stages[Number(name)] ?? null) : null)
}

/** The stage, the one that it is built on, and so on. */
export function stagesBelow(stage: ImageStage): readonly ImageStage[] {
  const found: ImageStage[] = []
  for (let one: ImageStage | null = stage; one !== null; one = one.below) found.push(one)
  return found
}

/** The image that the stage begins with in the end, which no stage of the file makes. */
export function outsideBase(stage: ImageStage): string {
  return stagesBelow(stage).at(-1)?.base ?? stage.base
}

/** What made the image of a stage, in order: of the stages below it first. */
export function instructionsOf(stage: ImageStage): readonly ImageInstruction[] {
  return stagesBelow(stage)
    .toReversed()
    .flatMap(({ instructions }) => instructions)
}

/** Stages of which anything is in the image: those below, those that are copied from, and what made those. */
export function stagesWithin(stage: ImageStage): ReadonlySet<ImageStage> {
  const found = new Set([stage])
  // What is added while the loop runs is visited as well.
  for (const { below, earlier, instructions } of found) {
    if (below !== null) found.add(below)
    for (const { name, value } of instructions) {
      const [, source] = /--from=(\S+)/.exec(name === 'COPY' || name === 'ADD' ? value : '') ?? []
      const copied = source === undefined ? null : stageNamed(earlier, source)
      if (copied !== null) found.add(copied)
    }
  }
  return found
}

/** The last instruction of that name, also of the stages below. */
export function lastInstruction(stage: ImageStage, name: string): ImageInstruction | null {
  return instructionsOf(stage).findLast((one) => one.name === name) ?? null
}

export interface StageStart {
  readonly words: readonly string[]
  /** Where the words stand; null where nothing is started. */
  readonly at: Location | null
  readonly workFolder: string
  readonly sources: ImageSources
}

/** CMD behind ENTRYPOINT, and the folder in which they run. */
export function startOf(stage: ImageStage): StageStart {
  let entrypoint: ImageInstruction | null = null
  let command: ImageInstruction | null = null
  let workFolder = ''
  for (const one of instructionsOf(stage)) {
    if (one.name === 'WORKDIR') workFolder = one.value.startsWith('/') ? one.value : `${workFolder}/${one.value}`
    else if (one.name === 'ENTRYPOINT') [entrypoint, command] = [one, null]
    else if (one.name === 'CMD') command = one
  }
  const words = [entrypoint, command].flatMap((one) => (one === null ? [] : wordsOf(one.value)))
  return {
    words,
    at: (command ?? entrypoint)?.at ?? null,
    workFolder: workFolder.replace(/\/+/g, '/').replace(/\/$/, ''),
    sources: stage.sources,
  }
}

/** `A=1 B="2"` and `A 1` of ENV; ARG gives names without values the empty text. */
export function imageVariables(value: string): readonly (readonly [string, string])[] {
  const pairs = [...value.matchAll(/(\w+)=("[^"]*"|'[^']*'|\S*)/g)]
  const [, name, rest = ''] = /^(\w+)(?:\s+(.+))?$/.exec(value) ?? []
  if (pairs.length === 0) return name === undefined ? [] : [[name, rest]]
  return pairs.map(([, one = '', text = '']) => [one, text.replace(/^(["'])(.*)\1$/, '$2')])
}

/** A text of an instruction with the variables filled in that the image has there, and whether a build may give others: defaults of ARG are but proposals. */
export function filledIn(
  stage: ImageStage,
  { value, at }: ImageInstruction,
  text = value,
): { readonly text: string; readonly isGiven: boolean } {
  const known = new Map<string, { readonly text: string; readonly isGiven: boolean }>()
  const fill = (written: string): { text: string; isGiven: boolean } => {
    let isGiven = false
    const filled = written.replace(
      /\$(?:(\w+)|\{(\w+)(?::?-([^}]*))?\})/g,
      (whole, plain: string | undefined, braced = '', other?: string) => {
        const one = known.get(plain ?? braced)
        isGiven ||= one === undefined || one.isGiven
        return one?.text ?? other ?? whole
      },
    )
    return { text: filled, isGiven }
  }
  for (const one of instructionsOf(stage)) {
    if (one.at.node === at.node) break
    if (one.name !== 'ENV' && one.name !== 'ARG') continue
    for (const [name, written] of imageVariables(one.value)) {
      // ARG names what a build may give, and what ENV says stays.
      if (one.name === 'ENV') known.set(name, fill(written))
      else if (!known.has(name) && written !== '') known.set(name, { text: fill(written).text, isGiven: true })
    }
  }
  return fill(text)
}

/** True for images of which it is known what they bring: they leave the user at root and NODE_ENV unset. */
export function isPlainBase(base: string): boolean {
  return plainBases.test(base)
}

const plainBases =
  /^((docker\.io|mirror\.gcr\.io|public\.ecr\.aws\/docker)\/)?(library\/)?(node|alpine|debian|ubuntu|amazonlinux|oven\/bun|keymetrics\/pm2|mhart\/alpine-node)(:|@|$)|^gcr\.io\/distroless\/nodejs/
