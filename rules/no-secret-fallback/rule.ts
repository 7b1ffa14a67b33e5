// Literals that stand in for secrets that the environment lacks.
import { cwe, defineRule, evidence, owasp } from '../../analyzer/check/rule.js'
import { FixRefused, suggestion, type Editor, type Fix } from '../../analyzer/fix/fix.js'
import { composeFallbacksOf } from '../../analyzer/model/secrets/composeFallbacks.js'
import { demandVariables } from '../../analyzer/model/secrets/demandedVariables.js'
import type { ProjectModel } from '../../analyzer/model/model.js'
import { emptyKeysOf } from '../../analyzer/model/secrets/emptyKeys.js'
import { fallbackSiteOf } from '../../analyzer/model/secrets/secretFallbacks.js'
import type { SecretLiteral } from '../../analyzer/model/secrets/secretCandidates.js'
import { secretLiteralsOf } from '../../analyzer/model/secrets/secretLiterals.js'
import type { Location } from '../../analyzer/text/location.js'

export default defineRule({
  id: 'no-secret-fallback',
  summary: 'A secret that the environment lacks stops the start, and is not replaced by a literal.',
  category: 'secrets',
  severity: 'error',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(798), cwe(1188), owasp('Secrets Management')],
  messages: {
    fallback: {
      what: 'A literal stands in for {variable} where the environment lacks it.',
      why: 'One forgotten or misspelt variable, and production runs with a secret that everyone who has read the code knows. Nothing fails, so nobody notices.',
      how: 'Let the start fail while {variable} is missing. Give developers a value in a .env file that is not committed.',
    },
    compose: {
      what: 'A literal stands in for {variable} where nobody sets it.',
      why: 'Compose fills it in without a word: one forgotten variable on the server, and production runs with a secret that everyone who has read the file knows.',
      how: 'Write `{demand}`, so that compose refuses to start without it, and give developers a value in a .env file that is not committed.',
    },
    empty: {
      what: 'An empty text is the key where the environment lacks {variable}.',
      why: 'An empty key signs and encrypts like any other, and everyone knows it. One forgotten variable, and nothing fails: what is encrypted can be read, and what is signed can be made.',
      how: 'Let the start fail while {variable} is missing.',
    },
  },
  *check(model) {
    for (const secret of secretLiteralsOf(model)) {
      if (secret.fallbackOf === null) continue
      yield {
        message: 'fallback',
        at: secret.at,
        data: { variable: secret.fallbackOf },
        confidence: secret.confidence,
        related: secret.uses.slice(0, 3).map(({ at, note }) => evidence(at, note)),
        fix: fixOf(model, secret),
      }
    }
    for (const { at, variable, confidence, use } of composeFallbacksOf(model)) {
      const related = use === null ? [] : [evidence(use, 'It is used here as a key.')]
      yield { message: 'compose', at, data: { variable, demand: `\${${variable}:?}` }, confidence, related }
    }
    for (const { at, variable, confidence, use } of emptyKeysOf(model)) {
      const site = fallbackSiteOf(model, at)
      yield {
        message: 'empty',
        at,
        data: { variable },
        confidence,
        related: use === null ? [] : [evidence(use, 'It is used here as a key.')],
        fix: site?.kind === 'expression' ? failWithout(model, site.at, variable) : null,
      }
    }
  },
})

function failWithout(model: ProjectModel, at: Location, variable: string): Fix {
  return suggestion(`Fail at start while ${variable} is missing`, (editor) => demandVariables(editor, model, [{ at, variable }]))
}

/** Where the fallback is more than `process.env.X || '…'` or a default of a schema, a person has to see to it. */
function fixOf(model: ProjectModel, { at, variable, fallbackOf }: SecretLiteral): Fix | null {
  const site = fallbackSiteOf(model, at)
  if (site === null) return null
  const title = `Fail at start while ${fallbackOf ?? variable} is missing`
  switch (site.kind) {
    case 'expression':
      return suggestion(title, (editor) => {
        const asked = injectedRead(editor, model, site.at)
        if (asked === null) demandVariables(editor, model, [{ at: site.at, variable }])
        else editor.replace(site.at, asked)
      })
    case 'chain':
      return suggestion(title, (editor) =>
        editor.replace(site.at, `${editor.text(site.receiver)}${site.needsRequired ? '.required()' : ''}`),
      )
    case 'configuration':
      return suggestion(title, (editor) => {
        const call = /^([\s\S]*?)\.get(<[^(]*>)?\(/.exec(editor.text(site.at))
        if (call === null) throw new FixRefused('a call of another form')
        editor.replace(site.at, `${call[1] ?? ''}.getOrThrow${call[2] ?? ''}(${editor.text(site.key)})`)
      })
    case 'option':
      return suggestion(title, (editor) => editor.removeProperty(site.at, 'default'))
  }
}

/** `config.get('X') || '…'`, where `config` is the ConfigService of Nest: that demands variables itself. */
function injectedRead(editor: Editor, model: ProjectModel, at: Location): string | null {
  const facts = model.files.get(at.file)
  if (facts?.kind !== 'source' || !facts.imports.some(({ imported }) => imported === 'ConfigService')) return null
  const [, service, type = '', key] = /^([\w$.]+)\.get(<[^(]*>)?\(('[\w.]+'|"[\w.]+")\)\s*(?:\|\||\?\?)/.exec(editor.text(at)) ?? []
  return service === undefined || key === undefined ? null : `${service}.getOrThrow${type}(${key})`
}
