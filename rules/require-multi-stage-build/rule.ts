// Images that are built in the stage that runs.
import { defineRule, owasp } from '../../analyzer/check/rule.js'
import { buildStepOf } from '../../analyzer/model/deployment/imageBuild.js'
import { serverImages } from '../../analyzer/model/deployment/serverImages.js'

export default defineRule({
  id: 'require-multi-stage-build',
  summary: 'What builds an image stays out of the image that runs.',
  category: 'deployment',
  severity: 'info',
  presets: ['strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [{ name: 'Multi-stage builds', url: 'https://docs.docker.com/build/building/multi-stage/' }, owasp('NodeJS Docker')],
  messages: {
    single: {
      what: 'This image is built in the stage that runs.',
      why: 'Compilers, sources, caches and what was copied for the build stay in it: more to pull, more for scanners to report, and tools at hand for whoever gets in.',
      how: 'Build in a stage of its own (`FROM … AS build`), and copy what runs from it: the result, production packages and package.json.',
    },
  },
  *check(model) {
    const seen = new Set<string>()
    for (const { stage, confidence } of serverImages(model)) {
      const step = buildStepOf(stage)
      const key = `${stage.file}:${step?.at.node ?? ''}`
      if (step === null || seen.has(key)) continue
      seen.add(key)
      yield { message: 'single', at: step.at, confidence }
    }
  },
})
