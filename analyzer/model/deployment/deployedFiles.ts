// The files that say how production is run, without those for tests, examples, documentation, pipelines and developers.
import type { DeploymentFacts } from '../../extract/facts.js'
import { isBesideProduct, isForDevelopment } from '../../link/deploymentNames.js'
import { baseNameOf } from '../../link/filePath.js'
import type { ProjectModel } from '../model.js'
import { recordedOnce } from '../recorded.js'

/** In the order of the project. `.env` files are none: which of them is in use is told by other signs. */
export const deployedFiles: (model: ProjectModel) => readonly DeploymentFacts[] = recordedOnce((model) => {
  const charts = model.deployment.flatMap(({ file }) => (baseNameOf(file) === 'Chart.yaml' ? [file.slice(0, -'Chart.yaml'.length)] : []))
  return model.deployment.filter(({ file, format }) => {
    // Helm keeps what it deploys in a folder of that name, and the image of nginx fills in what it finds there.
    const isFilledIn = format === 'nginx' || charts.some((one) => file.startsWith(`${one}templates/`))
    return format !== 'env' && isDeployedFile(isFilledIn ? file.replace(/\.template$/, '').replace(/(^|\/)templates\//, '$1') : file)
  })
})

/** By the path alone. */
export function isDeployedFile(file: string): boolean {
  return !isBesideProduct(file) && !isForDevelopment(file) && !/(^|\/)\.(github|gitlab|circleci)\//.test(file)
}
