// Cookies from which @fastify/jwt takes its token: whoever registers it names them, whatever they are called.
import { conductOf } from '../conduct.js'
import { functionsBehind } from '../../link/handlers.js'
import type { Value } from '../../link/value.js'
import type { ProjectModel } from '../model.js'
import { recorded, recordedOnce } from '../recorded.js'
import { isRequest } from '../requests.js'
import { tokenSettings } from '../tokens/tokenSettings.js'
import { property, stringsOf } from '../values.js'

/** Names under which such a plugin looks for its token: `register(jwt, { cookie: { cookieName: 'desk' } })`. */
export const pluginCookies: (model: ProjectModel) => readonly string[] = recordedOnce((model) =>
  tokenSettings(model).flatMap(({ library, options }) =>
    library === '@fastify/jwt' ? stringsOf(property(property(options, 'cookie'), 'cookieName')) : [],
  ),
)

/** True for a guard that lets the plugin look: `await request.jwtVerify()`. */
export const asksPlugin: (model: ProjectModel, guard: Value) => boolean = recorded((model, guard) =>
  functionsBehind(guard).some((fn) =>
    conductOf(model, fn).records.some(
      ({ callee, isWrite }) => !isWrite && callee.kind === 'member' && callee.name === 'jwtVerify' && isRequest(callee.object),
    ),
  ),
)
