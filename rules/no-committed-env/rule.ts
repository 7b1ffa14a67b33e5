// .env files with real values that are part of the repository.
import { affected, asvs, cwe, defineRule } from '../../analyzer/check/rule.js'
import { environmentFilesOf } from '../../analyzer/model/deployment/environmentFiles.js'

export default defineRule({
  id: 'no-committed-env',
  summary: 'Files with the secrets of an environment stay out of the repository.',
  category: 'secrets',
  severity: 'error',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(538), asvs('14.3.2'), { name: 'The Twelve-Factor App: Config', url: 'https://12factor.net/config' }],
  messages: {
    committed: {
      what: '{file} is not ignored, and {name} in it looks like a secret in use.',
      why: 'Whoever clones the repository, or ever did, has it; images that copy the folder carry it too. Deleting the file does not take it out of the history.',
      how: 'Add the file to .gitignore, take it out with git rm --cached, keep names without values in .env.example, and replace every secret that was in it.',
    },
  },
  *check(model) {
    for (const file of environmentFilesOf(model)) {
      // What developers share for their own machines counts only where its shape leaves no doubt.
      const live = file.values.filter((entry) => entry.isLive && (!file.isLocal || entry.shape !== null))
      const [first, ...others] = live.toSorted((a, b) => Number(b.shape !== null) - Number(a.shape !== null))
      if (first === undefined) continue
      yield {
        message: 'committed',
        at: first.at,
        data: { file: file.name, name: first.name },
        confidence: first.shape !== null ? 'high' : 'medium',
        related: [...others, ...file.values.filter((entry) => entry.isPlain)].map(({ at, name }) => affected(at, `${name} stands here.`)),
      }
    }
  },
})
