// The name by which readers tell applications apart.
import type { App, ProjectModel } from '../model/model.js'

/** The name in the code, with its file where another application has it too. */
export function nameIn({ apps }: ProjectModel, { name, at }: App): string {
  return apps.some((other) => other.name === name && other.at.file !== at.file) ? `${name} of ${at.file}` : name
}
