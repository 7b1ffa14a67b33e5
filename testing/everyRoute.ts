// A rule that reports every route of every application, so that findings in one file depend on others.
import { defineRule, type Rule } from '../analyzer/check/rule.js'

/** `onRun` is called whenever the rule runs. */
export function everyRoute(id: string, onRun: () => void = () => undefined): Rule {
  return defineRule({
    id,
    summary: 'There are routes.',
    category: 'headers',
    severity: 'info',
    presets: ['recommended'],
    frameworks: ['express'],
    references: [],
    messages: { route: { what: '{method} {path}.', why: '', how: '' } },
    *check(model) {
      onRun()
      for (const { at, method, path } of model.routes) yield { message: 'route', at, confidence: 'high', data: { method, path } }
    },
  })
}
