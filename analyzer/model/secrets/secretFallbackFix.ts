// Takes the literal out that stands in for a secret, so that the start fails without it: the fix.
import { FixRefused, suggestion, type Editor, type Fix } from '../../fix/fix.js'
import type { Location } from '../../text/location.js'
import { demandVariables } from './demandedVariables.js'
import type { ProjectModel } from '../model.js'
import { fallbackSiteOf, type FallbackSite } from './secretFallbacks.js'

/** null where the fallback is more than `process.env.X || '…'` or a default of a schema: a person has to see to it. */
export function fallbackFix(model: ProjectModel, literal: Location, variable: string): Fix | null {
  const site = fallbackSiteOf(model, literal)
  return site === null ? null : suggestion(`Fail at start while ${variable} is missing`, (editor) => demand(editor, model, site, variable))
}

function demand(editor: Editor, model: ProjectModel, site: FallbackSite, variable: string): void {
  switch (site.kind) {
    case 'expression': {
      const asked = injectedRead(editor, model, site.at)
      return asked === null ? demandVariables(editor, model, [{ at: site.at, variable }]) : editor.replace(site.at, asked)
    }
    case 'chain':
      return editor.replace(site.at, `${editor.text(site.receiver)}${site.needsRequired ? '.required()' : ''}`)
    case 'configuration': {
      const call = /^([\s\S]*?)\.get(<[^(]*>)?\(/.exec(editor.text(site.at))
      if (call === null) throw new FixRefused('a call of another form')
      return editor.replace(site.at, `${call[1] ?? ''}.getOrThrow${call[2] ?? ''}(${editor.text(site.key)})`)
    }
    case 'option':
      return editor.removeProperty(site.at, 'default')
  }
}

/** `config.get('X') || '…'`, where `config` is the ConfigService of Nest: that demands variables itself. */
function injectedRead(editor: Editor, model: ProjectModel, at: Location): string | null {
  const facts = model.files.get(at.file)
  if (facts?.kind !== 'source' || !facts.imports.some(({ imported }) => imported === 'ConfigService')) return null
  const [, service, type = '', key] = /^([\w$.]+)\.get(<[^(]*>)?\(('[\w.]+'|"[\w.]+")\)\s*(?:\|\||\?\?)/.exec(editor.text(at)) ?? []
  return service === undefined || key === undefined ? null : `${service}.getOrThrow${type}(${key})`
}
