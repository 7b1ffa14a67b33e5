// Images whose packages are not those of the lockfile, or hold those of developers.
import { cwe, defineRule, owasp } from '../../analyzer/check/rule.js'
import { FixRefused, suggestion, type Fix } from '../../analyzer/fix/fix.js'
import { looseInstallsOf, type LooseInstall } from '../../analyzer/model/deployment/imageInstalls.js'
import { serverImages } from '../../analyzer/model/deployment/serverImages.js'

export default defineRule({
  id: 'require-reproducible-install',
  summary: 'Images hold the packages of the lockfile, and none of those that developers need.',
  category: 'deployment',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(1357), { name: 'npm ci', url: 'https://docs.npmjs.com/cli/commands/npm-ci' }, owasp('NodeJS Docker')],
  messages: {
    lockless: {
      what: 'Packages are installed without a lockfile.',
      why: '`{command}` takes the newest versions that package.json allows: each build gets others, nobody tested them together, and a version that was taken over yesterday is in production today.',
      how: 'Commit the lockfile that the package manager writes, copy it with package.json, and install with `npm ci`, or with --frozen-lockfile in pnpm and Yarn.',
    },
    unlocked: {
      what: 'Packages are installed before the lockfile is in the image.',
      why: '`{command}` takes the newest versions that package.json allows: each build gets others, nobody tested them together, and a version that was taken over yesterday is in production today.',
      how: 'Copy the lockfile with package.json, and install with `npm ci`, or with --frozen-lockfile in pnpm and Yarn.',
    },
    loose: {
      what: '{command} may install other versions than the lockfile names.',
      why: 'Where package.json and the lockfile do not fit, it writes another lockfile within the image and goes on, so that the build gets versions that nobody tested.',
      how: 'Write `{instead}`: it installs what the lockfile names, and fails where that does not fit.',
    },
    development: {
      what: 'The image that runs holds the packages of developers.',
      why: 'Compilers, test runners and what they load are code that an attacker can use, that scanners report, and that every start of a container has to fetch.',
      how: 'Install with --omit=dev (npm) or --prod (pnpm), or build in a stage of its own and prune before its packages are copied.',
    },
  },
  *check(model) {
    const seen = new Set<string>()
    for (const image of serverImages(model)) {
      for (const install of looseInstallsOf(model, image)) {
        const key = `${install.at.file}:${install.at.node}:${install.kind}`
        if (seen.has(key)) continue
        seen.add(key)
        yield {
          message: install.kind,
          at: install.at,
          data: { command: install.command, instead: install.instead },
          confidence: install.kind === 'unlocked' ? image.confidence : 'medium',
          fix: fixFor(install),
        }
      }
    }
  },
})

/** One command for another; what else stands in the step stays. */
function fixFor({ at, command, instead, isReplaceable }: LooseInstall): Fix | null {
  if (!isReplaceable) return null
  return suggestion(`Install with ${instead}`, (editor) => {
    const text = editor.text(at)
    const parts = text.split(new RegExp(`\\b${command}(?![\\w-])`))
    const [before, after] = parts
    if (parts.length !== 2 || before === undefined || after === undefined) throw new FixRefused('the command stands there more than once')
    editor.replace(at, `${before}${instead}${after}`)
  })
}
