// Where the project sets NODE_ENV to production.
import { deploymentSettings } from '../../model/deployment/deploymentSettings.js'
import { isProductionSet, setsProduction } from '../../model/deployment/productionEnvironment.js'
import type { Context, Shown } from '../control.js'
import { eachApp } from './places.js'

/** Files of deployment and start scripts, in their order; empty where nothing sets it. Platforms that set it by themselves count at the application. */
export function productionPlaces(context: Context): readonly Shown[] {
  const { model, apps } = context
  const settings = apps
    .flatMap((app) => deploymentSettings(model, app))
    .filter(({ key, value }) => (key.at(-1) === 'NODE_ENV' && /^['"]?production['"]?$/.test(value)) || setsProduction(value))
    .map(({ at }) => ({ at, note: 'sets it' }))
  const scripts = model.packages
    .filter(({ scripts: commands }) =>
      Object.entries(commands).some(([name, command]) => !/test|dev/.test(name) && setsProduction(command)),
    )
    .map(({ folder }) => ({
      at: { file: folder === '' ? 'package.json' : `${folder}/package.json`, fn: '', node: 0 },
      note: 'a script sets it',
    }))
  const found = [...settings, ...scripts].filter(
    ({ at }, index, all) => all.findIndex((other) => other.at.file === at.file && other.at.node === at.node) === index,
  )
  return found.length > 0 ? found : eachApp({ ...context, apps: apps.filter((app) => isProductionSet(model, app)) })
}
