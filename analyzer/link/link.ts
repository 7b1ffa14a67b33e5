// Linking: the facts of all files become the model of the project, by booting its entries over symbolic values.
import type { ProjectModel } from '../model/model.js'
import type { LinkInput } from './linkInput.js'
import { boot } from './projectBoot.js'
import { assemble } from './projectModel.js'

/** Folds facts into a fresh model. Facts are never changed. */
export function link(input: LinkInput): ProjectModel {
  return assemble(boot(input))
}
