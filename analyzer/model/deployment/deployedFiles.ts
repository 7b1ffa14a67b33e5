// The files that say how production is run, without those for tests, examples, documentation, pipelines and developers.
import type { DeploymentFacts } from '../../extract/facts.js'
import { isBesideProduct, isForDevelopment } from '../../link/deploymentNames.js'
import { baseNameOf } from '../../link/filePath.js'
import type { ProjectModel } from '../model.js'
import { recordedOnce } from '../recorded.js'

/** In the order of the project. `.env` files are none: which of them is in use is told by other signs. */
export const deployedFiles: (model: ProjectModel) => readonly DeploymentFacts[] = recordedOnce((model) => {
  const charts = model.deployment.flatMap(({ file }) => (baseNameOf(file) === 'Chart.yaml' ? [file.slice(0, -'Chart.yaml'.length)] : []))
  return model.deployment.filter((facts) => {
    const { file, format } = facts
    // Helm and OpenShift keep what they deploy in a folder of that name, and the image of nginx fills in what it finds there.
    const isFilledIn = format === 'nginx' || isOpenShiftTemplate(facts) || charts.some((one) => file.startsWith(`${one}templates/`))
    const path = isFilledIn ? file.replace(/\.template$/, '').replace(/(^|\/)templates\//, '$1') : file
    // Pipelines have beside them what they deploy.
    return format !== 'env' && isDeployedFile(isManifest(facts) ? path.replace(/(^|\/)ci\//, '$1') : path)
  })
})

function isOpenShiftTemplate({ entries }: DeploymentFacts): boolean {
  return entries.some(({ key, value }) => key.at(-1) === 'kind' && value === 'Template')
}

/** True for what describes something of Kubernetes. */
export function isManifest({ format, entries }: DeploymentFacts): boolean {
  return format === 'yaml' && ['apiVersion', 'kind'].every((name) => entries.some(({ key }) => key.at(-1) === name))
}

/** By the path alone. */
export function isDeployedFile(file: string): boolean {
  return !isBesideProduct(file) && !isForDevelopment(file) && !/(^|\/)\.(github|gitlab|circleci)\//.test(file)
}

/** True for what a chart of Helm is given. */
export function isChartValues(model: ProjectModel, file: string): boolean {
  return /^values[\w.-]*\.ya?ml$/.test(baseNameOf(file)) && model.files.has(`${file.slice(0, file.lastIndexOf('/') + 1)}Chart.yaml`)
}
