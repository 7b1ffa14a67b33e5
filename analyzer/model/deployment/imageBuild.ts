// Images that are built where they run, so that compilers and sources stay in them.
import { instructionsOf, stagesWithin, type ImageInstruction, type ImageStage } from './imageStages.js'

/** The step of a single stage that builds, or installs compilers; null where nothing is built, or a stage of its own does it. */
export function buildStepOf(stage: ImageStage): ImageInstruction | null {
  if (stagesWithin(stage).size > 1) return null
  return instructionsOf(stage).find(({ name, value }) => name === 'RUN' && (builds.test(value) || compilers.test(value))) ?? null
}

const builds =
  /\b(npm|pnpm|yarn|bun)( run)? ([\w-]+:)?build\b|\b(npx |^)?(tsc|tsup|esbuild|webpack|rollup|swc|nest build|nx build|turbo (run )?build)\b/
const compilers = /\b(apk|apt|apt-get)\b.*\b(build-essential|build-base|g\+\+|gcc|make)(?![\w-])/s
