// Whether a deployment file of the project gives an environment variable a value.
import type { ProjectModel } from '../model.js'

/** True for variables that an image, a compose file, a platform file or a real .env file sets. Examples do not count. */
export function deploysVariable(model: ProjectModel, name: string): boolean {
  return model.deployment.some(
    (facts) =>
      !/example|sample|template|\.dist$/i.test(facts.file) &&
      facts.entries.some(({ key, value }) => (key.at(-1) === name && value !== '') || value === name || value.startsWith(`${name}=`)),
  )
}
