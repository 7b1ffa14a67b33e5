// Cookies that hold who somebody is are kept from networks, scripts and other sites.
import { affected, asvs, cwe, defineRule, evidence, owasp, type RelatedPlace } from '../../analyzer/check/rule.js'
import type { CookieAttribute } from '../../analyzer/model/sessions/cookieAttributes.js'
import { cookieFaults } from '../../analyzer/model/sessions/cookieFaults.js'
import { cookieFix } from '../../analyzer/model/sessions/cookieFix.js'
import { identityCookies } from '../../analyzer/model/sessions/identityCookies.js'
import { unsentSession } from '../../analyzer/model/sessions/sessionApplications.js'
import { trustOneOf } from '../../analyzer/model/transport/trustFix.js'
import { inSameFunction } from '../../analyzer/text/location.js'
import { listed } from '../../analyzer/model/words.js'

export default defineRule({
  id: 'require-secure-cookie',
  summary: 'Cookies of sessions and tokens travel over HTTPS only, out of reach of scripts and of other sites.',
  category: 'sessions',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(614), cwe(1004), cwe(1275), asvs('3.4.1'), owasp('Session Management', '#cookies')],
  messages: {
    exposed: {
      what: '{cookie} is sent without {attributes}.',
      why: '{harm} Whoever has the cookie is that user.',
      how: 'Set {code} in its options.',
    },
    unsent: {
      what: 'The session cookie is never sent behind {platform}.',
      why: 'It is for HTTPS only, and {app} does not trust the proxy that says so: to it every request came over HTTP. It then sends no cookie and no error, and nobody stays logged in.',
      how: 'Let the application trust one proxy: trust proxy in Express, trustProxy in Fastify.',
    },
    years: {
      what: '{cookie} lasts a thousand times longer than meant.',
      why: 'maxAge counts seconds here, and milliseconds in Express alone: a day in milliseconds is 2.7 years. A stolen cookie is as good for as long.',
      how: 'Divide it by 1000.',
    },
  },
  *check(model) {
    for (const fault of cookieFaults(model)) {
      const { cookie, lacks, at, also, confidence } = fault
      const related: RelatedPlace[] = also.map((one) => affected(one.at, `${one.attribute} is off here`))
      if (!inSameFunction(at, cookie.call.at)) related.push(evidence(cookie.call.at, 'the cookie is set here'))
      const data = {
        cookie: cookie.title,
        attributes: listed(lacks),
        harm: lacks.map((one) => HARM[one]).join(' '),
        code: listed(lacks.map((one) => (one === 'sameSite' ? "sameSite: 'lax'" : `${one}: true`))),
      }
      yield { message: 'exposed', at, data, confidence, related, fix: cookieFix(model, fault) }
    }
    for (const { call, title, longAge, setup } of identityCookies(model)) {
      if (longAge !== null) yield { message: 'years', at: longAge, data: { cookie: title }, confidence: 'high' }
      const unsent = setup === null ? null : unsentSession(model, setup)
      if (unsent === null) continue
      const { app, platform } = unsent
      yield {
        message: 'unsent',
        at: call.at,
        data: { app: app.name, platform: platform.name },
        confidence: 'medium',
        related: [evidence(platform.at, `${platform.name} stands in front`)],
        fix: trustOneOf(app),
      }
    }
  },
})

const HARM: Readonly<Record<CookieAttribute, string>> = {
  secure: 'Without secure it crosses the network in clear text with the first link to http://.',
  httpOnly: 'Without httpOnly one injected script reads it and sends it away.',
  sameSite: 'Without sameSite browsers may send it with requests that other sites make, so that they act as the user.',
}
