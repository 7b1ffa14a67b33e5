// Responses say which browser features the pages may use.
import { cwe, defineRule } from '../../analyzer/check/rule.js'
import { suggestion } from '../../analyzer/fix/fix.js'
import { ignoredPolicies, lacksPermissionsPolicy } from '../../analyzer/model/headers/permissionsPolicy.js'
import { confidenceFor } from '../../analyzer/model/auxiliary.js'
import { setOnRequest } from '../../analyzer/model/fastifyFix.js'
import { idiomTexts } from '../../analyzer/model/idioms.js'
import { addNestHeader } from '../../analyzer/model/nestFix.js'
import { appsOf } from '../../analyzer/model/queries.js'

const why =
  'Without it, injected scripts and embedded frames may ask for the camera, the microphone or the location in the name of the site.'

export default defineRule({
  id: 'require-permissions-policy',
  summary: 'Responses carry a Permissions-Policy.',
  category: 'headers',
  severity: 'info',
  presets: ['strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(693),
    { name: 'MDN: Permissions-Policy', url: 'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Permissions-Policy' },
  ],
  messages: {
    missing: {
      what: '{app} sends no Permissions-Policy.',
      why: `${why} helmet does not set this header.`,
      how: "Set it for every response: {setHeader}('Permissions-Policy', 'camera=(), geolocation=(), microphone=()').",
    },
    ignored: {
      what: 'helmet ignores the option {option}.',
      why: `helmet does not know it and says nothing, so no Permissions-Policy is sent. ${why}`,
      how: 'Take the option away and set the header by itself.',
    },
  },
  *check(model) {
    const ignored = ignoredPolicies(model)
    for (const { at, option } of ignored) yield { message: 'ignored', at, data: { option }, confidence: 'high' }
    if (ignored.length > 0) return
    for (const app of appsOf(model)) {
      const lack = lacksPermissionsPolicy(model, app)
      if (lack === null) continue
      const fix = suggestion('Set a Permissions-Policy that switches off camera, location and microphone', (editor) => {
        if (app.framework === 'fastify') setOnRequest(editor, app)
        else if (app.framework === 'nest') addNestHeader(editor, app, 'Permissions-Policy', 'camera=(), geolocation=(), microphone=()')
        else
          editor.addMiddleware(
            app.scope,
            "(_req, res, next) => {\n  res.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=()')\n  next()\n}",
          )
      })
      yield {
        message: 'missing',
        at: app.at,
        data: { ...idiomTexts(app), app: app.name },
        confidence: confidenceFor(model, app, lack),
        // Nothing can be put in front of routes that the application comes with.
        fix: app.scope.comesFilled === true ? null : fix,
      }
    }
  },
})
