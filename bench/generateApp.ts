// Generates a large Express project: features with routes, controllers and services, and as much again that no entry reaches.
import { featureFiles, serviceSource } from './generatedFeature.js'
import { appSource, componentSource, PLATFORM, pricingSource } from './generatedPlatform.js'

export interface GeneratedApp {
  readonly files: ReadonlyMap<string, string>
  /** What the benchmark edits, by the name of the edit. */
  readonly edited: Readonly<Record<'handler' | 'app' | 'configuration' | 'barrel', string>>
}

export interface AppSize {
  readonly features: number
  readonly routesPerFeature: number
  /** Small modules that the features' services call, two each. */
  readonly prices: number
  /** Files that no entry imports: half a front end, half services nobody calls any more. */
  readonly unreachedFiles: number
}

/** 3,000 files, of which 60 % are reachable, with 1,500 routes. */
export const LARGE: AppSize = { features: 150, routesPerFeature: 10, prices: 293, unreachedFiles: 1_200 }

/** Builds the project. The same size gives the same text. */
export function generateApp({ features, routesPerFeature, prices, unreachedFiles }: AppSize): GeneratedApp {
  const files = new Map(Object.entries(PLATFORM))
  const names = Array.from({ length: features }, (_, index) => `feature${index}`)
  files.set('src/app.ts', appSource(names))
  files.set('src/features/index.ts', names.map((name) => `export { ${name}Router } from './${name}/index.js'\n`).join(''))
  for (const [index, name] of names.entries()) {
    const own = featureFiles(name, routesPerFeature, [index % prices, (index + features) % prices])
    for (const [path, text] of own) files.set(`src/features/${name}/${path}`, text)
  }
  for (let index = 0; index < prices; index += 1) files.set(`src/platform/prices/price${index}.ts`, pricingSource(`price${index}`))
  for (let index = 0; index < unreachedFiles; index += 1) {
    if (index % 2 === 0) files.set(`web/components/Panel${index}.tsx`, componentSource(index))
    else files.set(`src/legacy/service${index}/service.ts`, serviceSource(`legacy${index}`, 4, [0, 1]))
  }
  return {
    files,
    edited: {
      handler: 'src/features/feature7/controller.ts',
      app: 'src/app.ts',
      configuration: 'src/config.ts',
      barrel: 'src/features/index.ts',
    },
  }
}
