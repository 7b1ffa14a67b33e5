// Reads package.json files into PackageFacts, with exact versions from the lockfile in force.
import type { PackageFacts, PackageTarget } from '../analyzer/model/model.js'
import { readTextFile } from './readTextFile.js'
import { createLockfiles, hasLockfile } from './lockfile.js'
import { join } from 'node:path'

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** Reads the package.json files among `files`. One that is no JSON object is left out and named in `broken`. */
export function readPackages(
  root: string,
  files: readonly string[],
  read: (absolute: string) => string | null = readTextFile,
): { readonly packages: readonly PackageFacts[]; readonly broken: readonly string[] } {
  const packages: PackageFacts[] = []
  const broken: string[] = []
  for (const file of files) {
    if (file !== 'package.json' && !file.endsWith('/package.json')) continue
    const folder = file === 'package.json' ? '' : file.slice(0, -'/package.json'.length)
    const content = parseJson(read(join(root, file)))
    if (!isObject(content)) broken.push(file)
    else packages.push(packageFacts(folder, content, root))
  }
  const lockedOf = createLockfiles(root)
  const held = (item: PackageFacts): Pick<PackageFacts, 'hasLockfile'> => (hasLockfile(root, item.folder) ? { hasLockfile: true } : {})
  return { packages: packages.map((item) => ({ ...item, locked: lockedOf(item), ...held(item) })), broken }
}

function packageFacts(folder: string, json: { readonly [key: string]: Json }, root: string): PackageFacts {
  const workspaces = workspacesOf(json, join(root, folder))
  const aliases = { ...babelAliases(json['babel'], join(root, folder)), ...texts(json['_moduleAliases']) }
  const oclif = isObject(json['oclif']) ? json['oclif']['commands'] : undefined
  return {
    folder,
    name: text(json['name']),
    version: text(json['version']),
    dependencies: { ...texts(json['peerDependencies']), ...texts(json['optionalDependencies']), ...texts(json['dependencies']) },
    devDependencies: texts(json['devDependencies']),
    scripts: texts(json['scripts']),
    main: text(json['main']) ?? text(json['module']),
    bin: typeof json['bin'] === 'string' ? [json['bin']] : Object.values(texts(json['bin'])),
    isModule: json['type'] === 'module',
    locked: {},
    ...(json['private'] === true ? { isPrivate: true } : {}),
    ...(isObject(json['imports']) ? { imports: json['imports'] as Readonly<Record<string, PackageTarget>> } : {}),
    ...(json['exports'] === undefined ? {} : { exports: json['exports'] as PackageTarget }),
    ...(Object.keys(aliases).length > 0 ? { moduleAliases: aliases } : {}),
    ...(workspaces === null ? {} : { workspaces }),
    ...(typeof oclif === 'string'
      ? { oclifCommands: oclif }
      : isObject(oclif) && typeof oclif['target'] === 'string'
        ? { oclifCommands: oclif['target'] }
        : {}),
  }
}

/** npm and yarn write them into package.json, pnpm and lerna into files of their own. */
function workspacesOf(json: { readonly [key: string]: Json }, folder: string): readonly string[] | null {
  const own = isObject(json['workspaces']) ? json['workspaces']['packages'] : json['workspaces']
  const lerna = parseJson(readTextFile(join(folder, 'lerna.json')))
  const listed = [
    ...strings(own),
    ...strings(isObject(lerna) ? lerna['packages'] : undefined),
    ...pnpmWorkspaces(readTextFile(join(folder, 'pnpm-workspace.yaml'))),
  ]
  return listed.length === 0 ? null : listed
}

/** Aliases of babel-plugin-module-resolver, which do the same as `_moduleAliases`. */
function babelAliases(inPackage: Json | undefined, folder: string): Readonly<Record<string, string>> {
  const settings = isObject(inPackage)
    ? inPackage
    : parseJson(readTextFile(join(folder, '.babelrc')) ?? readTextFile(join(folder, 'babel.config.json')))
  const plugins = isObject(settings) && Array.isArray(settings['plugins']) ? (settings['plugins'] as readonly Json[]) : []
  for (const plugin of plugins) {
    const [name, options] = Array.isArray(plugin) ? (plugin as readonly Json[]) : []
    if (typeof name === 'string' && /module-resolver$/.test(name) && isObject(options)) return texts(options['alias'])
  }
  return {}
}

/** The `packages:` list alone: a YAML parser would cost more than all the rest of this file. */
function pnpmWorkspaces(yaml: string | null): readonly string[] {
  const block = /^packages:[ \t]*\r?\n((?:[ \t]*(?:-.*|#.*)?\r?\n?)*)/m.exec(yaml ?? '')?.[1] ?? ''
  return [...block.matchAll(/^[ \t]*-[ \t]*(['"]?)([^'"\r\n#]+?)\1[ \t]*(?:#.*)?$/gm)].map((match) => match[2] ?? '')
}

function parseJson(content: string | null): Json | undefined {
  try {
    return content === null ? undefined : (JSON.parse(content.replace(/^\uFEFF/, '')) as Json)
  } catch {
    return undefined
  }
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function strings(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter((item): item is string => typeof item === 'string') : []
}

function texts(value: Json | undefined): Readonly<Record<string, string>> {
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
    : {}
}
