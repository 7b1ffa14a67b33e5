// Whether an environment variable has a value where the server runs.
import type { ProjectModel } from '../model.js'
import { environmentChecks } from '../secrets/environmentChecks.js'

/** True for variables that nothing sets, and that a start goes on without. */
export function mayBeUnset(model: ProjectModel, name: string): boolean {
  return !deploysVariable(model, name) && environmentChecks(model).isChecked(name) === 'no'
}

/** True for variables that an image, a compose file, a platform file or a real .env file sets. Examples do not count. */
function deploysVariable(model: ProjectModel, name: string): boolean {
  return model.deployment.some(
    (facts) =>
      !/example|sample|template|\.dist$/i.test(facts.file) &&
      facts.entries.some(({ key, value }) => (key.at(-1) === name && value !== '') || value === name || value.startsWith(`${name}=`)),
  )
}
