// The folder layout of @fastify/autoload: which files are plugins, with which prefix, behind which hooks files (autoload 6, lib/find-plugins).
import { baseNameOf } from '../link/filePath.js'
import type { World } from '../link/machine.js'
import type { FunctionValue, ObjectValue, Value } from '../link/value.js'

/** A folder with its plugins, and the hooks files that stand in front of them. */
export interface AutoloadNode {
  readonly plugins: readonly { readonly file: string; readonly prefix: string }[]
  readonly hooks: readonly string[]
}

/** How the folders are read. */
export interface AutoloadOptions {
  /** What a folder adds to the prefix, '' for nothing. */
  readonly prefixFor: (parent: string, name: string) => string
  readonly autoHooks: boolean
  readonly cascadeHooks: boolean
  readonly overwriteHooks: boolean
  readonly maxDepth: number
  readonly index: RegExp
  readonly script: RegExp
  readonly hooks: RegExp
  /** Files and folders below the folder that are not looked at, without a slash at the front. */
  readonly ignored: (path: string) => boolean
  /** Files that are no plugins, with a slash at the front. */
  readonly passedOver: (path: string) => boolean
}

/** What a filter that is a function says of a path; null where that is not known. */
type Ask = (filter: FunctionValue, path: string) => boolean | null

/** What a function of a folder and the name of a folder in it gives for the prefix; null where that is not known. */
type NamePrefix = (fn: FunctionValue, parent: string, name: string) => string | null

const INDEX = /^index(?:\.ts|\.js|\.cjs|\.mjs|\.cts|\.mts)$/iu
const SCRIPT = /(?:(?:^.?|\.[^d]|[^.]d|[^.][^d])\.ts|\.js|\.cjs|\.mjs|\.cts|\.mts)$/iu
/** What is built for production lacks them, whatever the patterns say. */
const TEST = /\.(?:tests?|spec)\.[mc]?[jt]s$/iu
const HOOKS = /^[_.]?auto_?hooks(?:\.ts|\.js|\.cjs|\.mjs|\.cts|\.mts)$/iu

export function autoloadOptions(options: ObjectValue, ask: Ask, namePrefix: NamePrefix): AutoloadOptions {
  const isOn = (name: string): boolean => isLiteral(options.properties.get(name), true)
  const depth = options.properties.get('maxDepth')
  const pattern = patternOf(options.properties.get('ignorePattern'))
  const left = filterOf(options.properties.get('ignoreFilter'), ask)
  const wanted = filterOf(options.properties.get('matchFilter'), ask)
  const prefixes = options.properties.get('dirNameRoutePrefix')
  return {
    prefixFor: (parent, name) => {
      if (prefixes?.kind === 'function') return namePrefix(prefixes, parent, name) ?? name
      return isLiteral(prefixes, false) ? '' : name
    },
    autoHooks: isOn('autoHooks'),
    cascadeHooks: isOn('cascadeHooks'),
    overwriteHooks: isOn('overwriteHooks'),
    maxDepth: depth?.kind === 'literal' && typeof depth.value === 'number' ? depth.value : Infinity,
    index: patternOf(options.properties.get('indexPattern')) ?? INDEX,
    script: patternOf(options.properties.get('scriptPattern')) ?? SCRIPT,
    hooks: patternOf(options.properties.get('autoHooksPattern')) ?? HOOKS,
    ignored: (path) => pattern?.test(path) === true,
    passedOver: (path) => left?.(path) === true || wanted?.(path) === false,
  }
}

/** Folders in the order in which their plugins are registered. */
export function autoloadNodes(world: World, folder: string, options: AutoloadOptions): readonly AutoloadNode[] {
  const nodes: AutoloadNode[] = []
  visit(folder, '', 0, [])
  return nodes

  function visit(dir: string, prefix: string, depth: number, inherited: readonly string[]): void {
    const listed = world.listFolder(dir)
    const below = (name: string): string => `${dir}/${name}`.replace(/^\//, '')
    const relative = (name: string): string => below(name).slice(folder.length).replace(/^\//, '')
    const hooksFile = options.autoHooks ? listed.find((one) => !one.isFolder && options.hooks.test(one.name)) : undefined
    const hooks = hooksFile === undefined ? inherited : [...(options.overwriteHooks ? [] : inherited), below(hooksFile.name)]
    const index = listed.find((one) => !one.isFolder && options.index.test(one.name))
    const plugins: { file: string; prefix: string }[] = []
    nodes.push({ plugins, hooks: options.autoHooks ? hooks : [] })
    const add = (name: string): void => {
      if (!TEST.test(name) && !options.passedOver(`/${relative(name)}`)) plugins.push({ file: below(name), prefix })
    }
    if (index !== undefined) add(index.name)
    if (depth > 20) return
    for (const one of listed) {
      if (options.ignored(relative(one.name))) continue
      if (one.isFolder) {
        if (depth < options.maxDepth && baseNameOf(one.name) !== 'node_modules') {
          const crumb = `${prefix === '' ? '/' : `${prefix}/`}${options.prefixFor(dir, one.name)}`
          visit(below(one.name), crumb, depth + 1, options.cascadeHooks ? hooks : [])
        }
      } else if (index === undefined && options.script.test(one.name) && !options.hooks.test(one.name)) add(one.name)
    }
  }
}

function isLiteral(value: Value | undefined, wanted: true | false): value is Value {
  return value?.kind === 'literal' && value.value === wanted
}

function patternOf(value: Value | undefined): RegExp | null {
  const source = value?.kind === 'regex' ? value.pattern : value?.kind === 'literal' && typeof value.value === 'string' ? value.value : null
  if (source === null || source.length > 200) return null
  try {
    return new RegExp(source, value?.kind === 'regex' ? value.flags.replaceAll(/[gy]/g, '') : '')
  } catch {
    return null
  }
}

function filterOf(value: Value | undefined, ask: Ask): ((path: string) => boolean | null) | null {
  if (value?.kind === 'function') return (path) => ask(value, path)
  if (value?.kind === 'literal' && typeof value.value === 'string') return (path) => path.includes(String(value.value))
  const pattern = value?.kind === 'regex' ? patternOf(value) : null
  return pattern === null ? null : (path) => pattern.test(path)
}
