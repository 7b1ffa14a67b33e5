// Modules: evaluated once, in the order in which they are asked for, with partial exports on cycles.
import type { SourceFacts } from '../extract/facts.js'
import { moduleEnvironment } from './environment.js'
import { beginLog } from './heapLog.js'
import type { Frame, Machine, ModuleState } from './machine.js'
import { noteUnit } from './unitIndex.js'
import { addToSet, inUnit, newUnit, useUnit } from './units.js'
import { objectValue } from './values.js'

/** Evaluates a module's top level once. */
export function loadModule(machine: Machine, file: string): ModuleState {
  const known = machine.modules.get(file)
  if (known !== undefined) {
    if (known.unit !== null) useUnit(machine.unit, known.unit)
    return known
  }
  const source = machine.world.sources.get(file) ?? emptySource(file)
  const facts = source.functions['']
  const at = { file, fn: '', node: 0 }
  const environment = moduleEnvironment(file)
  const exports = objectValue(at, 'exports')
  const module = objectValue(at)
  module.properties.set('exports', exports)
  environment.variables.set('module', module)
  environment.variables.set('exports', exports)
  const frame: Frame = { source, facts: facts as Frame['facts'], self: exports, fn: null, owner: null, args: [], returns: [], guardBase: 0 }
  // A module that is loaded while serving is a unit of its own: whoever asks for it first, it does the same.
  const unit = machine.unit.kind === 'boot' ? null : newUnit('module', file)
  const state: ModuleState = { file, environment, module, frame, initialExports: exports, state: 'running', phase: machine.phase, unit }
  machine.modules.set(file, state)
  if (facts !== undefined) {
    const run = (): void => evaluateModule(machine, state)
    if (unit === null) {
      addToSet(machine.unit, 'seen', `${file}#`)
      outsideConditions(machine, run)
    } else {
      useUnit(machine.unit, unit)
      noteUnit(machine, unit)
      addToSet(unit, 'seen', `${file}#`)
      inUnit(machine, unit, machine.phase === 'unreached' ? 'unreached' : 'handler', run)
    }
  }
  state.state = 'done'
  return state
}

/** What a module writes stays, also when the path that loaded it is taken back. */
function evaluateModule(machine: Machine, state: ModuleState): void {
  beginLog(machine)
  try {
    machine.run.execute(machine, state.frame, state.environment, state.frame.facts.body)
  } finally {
    machine.logs.pop()
  }
}

/** A module runs under no condition of the place that asked for it first. */
function outsideConditions(machine: Machine, work: () => void): void {
  const { guards, tryDepth } = machine
  machine.guards = []
  machine.tryDepth = 0
  try {
    work()
  } finally {
    machine.guards = guards
    machine.tryDepth = tryDepth
  }
}

function emptySource(file: string): SourceFacts {
  return {
    kind: 'source',
    file,
    hash: '',
    language: 'js',
    functions: {},
    classes: {},
    imports: [],
    exports: [],
    hasModuleSyntax: false,
    directives: [],
    lineStarts: [0],
    length: 0,
    hasShebang: false,
  }
}
