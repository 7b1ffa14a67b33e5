// The function that demands a variable of the environment, and who calls it once secrets are taken out of the code.
import { wantedFunction } from '../ownFunctions/wantedFunction.js'
import { smallRun } from '../ownFunctions/smallRun.js'
import type { ProjectModel } from '../model.js'
import { emptyKeysOf } from './emptyKeys.js'
import type { SecretLiteral } from './secretCandidates.js'
import { fallbackSiteOf } from './secretFallbacks.js'
import { secretLiteralsOf } from './secretLiterals.js'
import { isInSeedRow } from './seedRows.js'

export const requireEnv = wantedFunction({
  name: 'requireEnv',
  imports: [],
  isCalledFirst: true,
  code(_, name, language) {
    const signature = language === 'ts' ? '(name: string): string' : '(name)'
    return `function ${name}${signature} {
  const value = process.env[name]
  if (!value) throw new Error(\`Missing environment variable \${name}\`)
  return value
}`
  },
  isSame(facts, fn) {
    const [parameter, ...others] = fn.parameters
    if (parameter === undefined || others.length > 0 || !/^(string|unknown|any)$/.test(parameter.type?.name ?? 'any')) return false
    const ends = (environment: Readonly<Record<string, string>>) => smallRun(facts, fn, ['NAME'], environment)
    const empty = ends({ NAME: '' })
    // Whether an empty text is as bad as none is for the project to say.
    const isHonest = empty?.ends === 'throws' || empty?.value === ''
    return isHonest && ends({})?.ends === 'throws' && ends({ NAME: 'some value' })?.value === 'some value'
  },
  users: (model) => [
    ...secretLiteralsOf(model).flatMap((secret) => (isDemandable(model, secret) ? [secret.at.file] : [])),
    ...emptyKeysOf(model).flatMap(({ at }) => (isExpression(model, at) ? [at.file] : [])),
  ],
})

/**
 * Whether the environment can be asked for what a literal says. A server that asks for the password of a demonstration account, or for a way around
 * its codes, at start would be no better.
 */
export function isDemandable(model: ProjectModel, secret: SecretLiteral): boolean {
  const { at, by, fallbackOf, isPart } = secret
  return fallbackOf === null ? !(by === 'code' || isPart === true || isInSeedRow(model, at)) : isExpression(model, at)
}

function isExpression(model: ProjectModel, at: SecretLiteral['at']): boolean {
  return fallbackSiteOf(model, at)?.kind === 'expression'
}
