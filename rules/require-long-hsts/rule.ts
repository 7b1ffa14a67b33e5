// Strict-Transport-Security lasts long enough to protect.
import { asvs, cwe, defineRule } from '../../analyzer/check/rule.js'
import { suggestion, type Fix } from '../../analyzer/fix/fix.js'
import { hstsPolicies, type HstsPolicy } from '../../analyzer/model/headers/hstsPolicies.js'

/** Half a year in seconds: helmet's own default before version 8. */
const SHORTEST = 180 * 24 * 60 * 60
/** A year, which browsers' preload lists ask for. */
const YEAR = 31_536_000

export default defineRule({
  id: 'require-long-hsts',
  summary: 'Strict-Transport-Security lasts at least 180 days.',
  category: 'headers',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(319), asvs('14.4.5'), { name: 'HSTS preload list', url: 'https://hstspreload.org/' }],
  messages: {
    short: {
      what: 'HSTS lasts {duration} only.',
      why: 'A browser forgets the policy after that time. Who comes back later begins with plain HTTP again, which a network can read and change.',
      how: 'Set maxAge to a year, 31536000. It counts seconds.',
    },
    removed: {
      what: 'maxAge 0 makes browsers forget HSTS.',
      why: 'It does not leave the policy out, it takes it back: browsers that knew it go back to plain HTTP.',
      how: 'Set maxAge to a year, 31536000.',
    },
    preload: {
      what: 'preload is asked for without {lacking}.',
      why: 'Preload lists take a site only with includeSubDomains and a maxAge of a year, so the word has no effect here.',
      how: 'Cover subdomains for a year, or leave preload out.',
    },
  },
  *check(model) {
    for (const policy of hstsPolicies(model)) {
      const { maxAge, maxAgeAt, coversSubdomains, subdomainsAt, isPreloaded } = policy
      if (maxAge !== null && maxAge < SHORTEST)
        yield {
          message: maxAge === 0 ? 'removed' : 'short',
          at: maxAgeAt,
          data: { duration: durationText(maxAge) },
          confidence: 'high',
          fix: raise(policy),
        }
      else if (isPreloaded && (!coversSubdomains || (maxAge !== null && maxAge < YEAR)))
        yield {
          message: 'preload',
          at: coversSubdomains ? maxAgeAt : subdomainsAt,
          data: { lacking: coversSubdomains ? 'a maxAge of a year' : 'includeSubDomains' },
          confidence: 'high',
          fix: raise(policy),
        }
    }
  },
})

function raise({ at, text, isPreloaded, coversSubdomains }: HstsPolicy): Fix {
  return suggestion('Raise HSTS to a year', (editor) => {
    if (text === null) {
      editor.setProperty(at, 'maxAge', String(YEAR))
      if (isPreloaded && !coversSubdomains) editor.setProperty(at, 'includeSubDomains', 'true')
      return
    }
    const raised = text.replace(/(max-age\s*=\s*"?)\d+/i, `$1${YEAR}`)
    editor.replace(at, `'${isPreloaded && !coversSubdomains ? raised.replace(/;?\s*preload/i, '; includeSubDomains; preload') : raised}'`)
  })
}

function durationText(seconds: number): string {
  const days = Math.floor(seconds / 86_400)
  if (days > 0) return days === 1 ? 'a day' : `${days} days`
  return `${seconds} seconds`
}
