// Linking: the facts of all files become the model of the project, by booting its entries over symbolic values.
import type { ProjectModel } from '../model/model.js'
import type { LinkInput } from './linkInput.js'
import { boot, type Booted } from './projectBoot.js'
import { assemble } from './projectModel.js'
import { dismiss } from './roll.js'

/** Folds facts into a fresh model. Facts are never changed. `onBooted` is told once the entries have run and what nobody reaches has not. */
export function link(input: LinkInput, onBooted: () => void = () => undefined): ProjectModel {
  const booted = boot(input)
  onBooted()
  const model = assemble(booted)
  release(booted)
  return inOnePart(model)
}

/** No other model follows, so nothing is gained by telling what was asked of one part from what was asked of another. */
function inOnePart(model: ProjectModel): ProjectModel {
  const { calls, bindings } = model
  return { ...model, calls, bindings, parts: { calls: [calls], bindings: [bindings] } }
}

/** Of a boot that no edit follows, only what summaries need is kept: the rest would stand in memory while rules run. */
function release({ machine, sweepRuns, rolls }: Booted): void {
  for (const roll of [rolls.served, rolls.swept]) dismiss(roll)
  machine.units.fresh.length = 0
  sweepRuns.byFunction.clear()
  sweepRuns.byFile.clear()
  machine.memo.clear()
  machine.made.clear()
  machine.visited.clear()
}
