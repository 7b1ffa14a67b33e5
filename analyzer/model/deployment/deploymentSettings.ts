// Settings of all files that say how an application is deployed, in one form: YAML, TOML, Procfile, nginx, and the JSON or JavaScript of platforms.
import { baseNameOf } from '../../link/filePath.js'
import type { Expression, SourceFacts } from '../../extract/facts.js'
import type { Location } from '../../text/location.js'
import { deployedFiles, isDeployedFile } from './deployedFiles.js'
import type { App, ProjectModel } from '../model.js'
import { packageFolderOf } from '../versions.js'
import { recordedOnce } from '../recorded.js'

export interface DeploymentSetting {
  readonly file: string
  /** Name of the file without its folders. */
  readonly name: string
  /** Keys joined by dots: `services.api.deploy.replicas`. */
  readonly path: string
  readonly key: readonly string[]
  readonly value: string
  readonly at: Location
}

/** Those of ECS are called `task-definition.json`, `taskdef-prod.json`. */
const platformFiles =
  /^(app|vercel|now|railway|heroku|pm2|ecosystem|process(es)?|Dockerrun\.aws|([\w.-]*[-.])?task-?def(inition)?([-.][\w.-]+)?)\.json$|^(ecosystem|pm2)\.config\.([cm]?js|json|ts)$/

/** The settings that concern an application: those of its own package and of the folders around, not of other packages of a monorepo, of tests and examples. */
export function deploymentSettings(model: ProjectModel, app: App): readonly DeploymentSetting[] {
  return allSettings(model).filter((setting) => concerns(model, setting.file, app))
}

function concerns(model: ProjectModel, file: string, app: App): boolean {
  const folder = packageFolderOf(model, file)
  return folder === '' || app.at.file.startsWith(`${folder}/`)
}

/** The settings of all files that are deployed. */
export const allSettings: (model: ProjectModel) => readonly DeploymentSetting[] = recordedOnce(readAll)

function readAll(model: ProjectModel): readonly DeploymentSetting[] {
  const deployed = deployedFiles(model).flatMap(({ file, entries }) =>
    entries.map(({ key, value, node }) => setting(file, key, value, node)),
  )
  return [...deployed, ...platformSettings(model)]
}

/** The settings of process managers and platforms that are written as JSON or JavaScript. */
export const platformSettings: (model: ProjectModel) => readonly DeploymentSetting[] = recordedOnce((model) =>
  [...model.files.keys()]
    .filter((file) => platformFiles.test(baseNameOf(file)) && isDeployedFile(file))
    .flatMap((file) => {
      const facts = model.files.get(file)
      return facts?.kind === 'source' ? settingsOf(facts) : []
    }),
)

function setting(file: string, key: readonly string[], value: string, node: number): DeploymentSetting {
  return { file, name: baseNameOf(file), path: key.join('.'), key, value, at: { file, fn: '', node } }
}

/** Literals in what a module exports, assigns or declares at its top, with the keys that lead to them. */
function settingsOf({ file, functions }: SourceFacts): readonly DeploymentSetting[] {
  const found: DeploymentSetting[] = []
  const visit = (expression: Expression, key: readonly string[]): void => {
    if (expression[0] === 'literal') found.push(setting(file, key, String(expression[2]), expression[1]))
    else if (expression[0] === 'unary' && expression[3][0] === 'literal')
      found.push(setting(file, key, `${expression[2]}${String(expression[3][2])}`, expression[1]))
    else if (expression[0] === 'assign') visit(expression[4], key)
    else if (expression[0] === 'array')
      expression[2].forEach((element, index) => void (element === null || visit(element, [...key, String(index)])))
    else if (expression[0] === 'logical') visit(expression[4], key)
    else if (expression[0] === 'object') {
      for (const property of expression[2])
        if (property.kind === 'property' && typeof property.key === 'string') visit(property.value, [...key, property.key])
    }
  }
  for (const statement of functions['']?.body ?? []) {
    if (statement[0] === 'exportAssignment' || statement[0] === 'expression') visit(statement[2], [])
    else if (statement[0] === 'declare' && statement[4] !== null) visit(statement[4], [])
  }
  return found
}
