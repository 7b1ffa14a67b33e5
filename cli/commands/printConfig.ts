// `parapet print-config`: what is in force for a file or a folder, and where it comes from.
import { isIgnored, settingOf } from '../../analyzer/check/configuration.js'
import { compareText } from '../../analyzer/check/finding.js'
import { suppressionRules } from '../../analyzer/check/suppressionRules.js'
import { regionOf } from '../analyzeProject.js'
import { EXIT, type ExitCode } from '../exitCode.js'
import { openProject, type OpenOptions } from '../openProject.js'
import type { Terminal } from '../terminal.js'

/** Prints JSON: the settings, and for each rule `off` or the severity of its findings. */
export async function printConfig(path: string | undefined, options: OpenOptions, terminal: Terminal): Promise<ExitCode> {
  const open = await openProject(path === undefined ? [] : [path], options, terminal)
  const { target, rules } = open
  const [file = ''] = target.selection ?? []
  const { configuration, configurationFile } = regionOf(open, file)
  const { preset, minConfidence, entries, environment, middleware, gateway, ignores, overrides } = configuration
  const settings = [...rules, ...suppressionRules]
    .sort((a, b) => compareText(a.id, b.id))
    .map((rule) => {
      const setting = settingOf(rule, file, configuration)
      return [rule.id, setting === 'on' ? rule.severity : setting] as const
    })
  const shown = {
    configuration: configurationFile,
    root: target.root,
    ...(file === '' ? {} : { file, isIgnored: isIgnored(file, configuration) }),
    preset,
    minConfidence,
    entries,
    environment,
    middleware,
    gateway,
    ignores,
    overrides,
    rules: Object.fromEntries(settings),
  }
  terminal.out(`${JSON.stringify(shown, null, 2)}\n`)
  return EXIT.clean
}
