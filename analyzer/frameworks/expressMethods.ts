// Methods of applications and routers that are named after a request method.
export const VERBS: ReadonlySet<string> = new Set([
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'head',
  'options',
  'all',
  'del',
  'copy',
  'lock',
  'mkcol',
  'move',
  'purge',
  'propfind',
  'proppatch',
  'report',
  'search',
  'subscribe',
  'trace',
  'unlock',
  'link',
  'unlink',
  'connect',
  'checkout',
  'merge',
  'notify',
  'source',
  'bind',
  'rebind',
  'unbind',
  'acl',
])

/** The request methods that such a call answers; none stands for every one. */
export function methodsOf(name: string): readonly string[] {
  return name === 'all' ? [] : [(name === 'del' ? 'delete' : name).toUpperCase()]
}
