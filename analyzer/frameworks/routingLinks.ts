// What routing-controllers itself puts in front of an action: parsers of bodies and files, and the checkers that the project gave it.
import type { Value } from '../link/value.js'
import { resultValue } from '../link/values.js'
import type { Location } from '../text/location.js'
import { recordCall } from '../link/records.js'
import { memberValue } from '../link/values.js'
import type { NestDecorator } from './nestDecorators.js'
import { madeByPackage, propertyOf } from './nestValues.js'
import type { ParameterDecorator } from './routingParameters.js'
import { servedChecker } from './routingServing.js'
import { PACKAGE, type Routing } from './routingState.js'

export interface Link {
  readonly value: Value
  readonly at: Location
}

/** body-parser, for JSON or for text, where a parameter takes the body or a part of it. */
export function parserLinks(
  { machine, site }: Routing,
  parameters: readonly ParameterDecorator[],
  format: 'json' | 'text',
): readonly Link[] {
  const first = parameters.find(({ name }) => name === 'Body' || name === 'BodyParam')
  if (first === undefined) return []
  const options = propertyOf(parameters.find(({ name }) => name === 'Body')?.args[0], 'options')
  const args = options === undefined ? [] : [options]
  return [{ value: madeByPackage(machine, site, first.at, 'body-parser', [format], args), at: first.at }]
}

/** multer for each file that a parameter takes, single files first. */
export function uploadLinks({ machine, site }: Routing, parameters: readonly ParameterDecorator[]): readonly Link[] {
  const of = (wanted: string, method: string): readonly Link[] =>
    parameters
      .filter(({ name }) => name === wanted)
      .map(({ args: [field, options], at }) => {
        const given = propertyOf(options, 'options')
        const made = madeByPackage(machine, site, at, 'multer', [], given === undefined ? [] : [given])
        const call = recordCall(
          machine,
          { ...site, at, argsAt: [at] },
          { callee: memberValue(at, made, method), receiver: made, args: field === undefined ? [] : [field] },
        )
        return { value: resultValue(at, call), at }
      })
  return [...of('UploadedFile', 'single'), ...of('UploadedFiles', 'array')]
}

/** `@Authorized` asks `authorizationChecker`, and refuses everybody where there is none; `@CurrentUser({ required: true })` asks for a user. */
export function checkLinks(
  routing: Routing,
  own: readonly NestDecorator[],
  decorators: readonly NestDecorator[],
  parameters: readonly ParameterDecorator[],
): readonly Link[] {
  const { machine, options } = routing
  const ofClass = own.findLast(({ name }) => name === 'Authorized')
  const ofMethod = decorators.findLast(({ name }) => name === 'Authorized')
  const nearest = ofMethod ?? ofClass
  const links: Link[] = []
  if (nearest !== undefined) {
    const roles = [ofClass, ofMethod].flatMap((one) => rolesIn(one?.args[0]))
    const checker = propertyOf(options, 'authorizationChecker')
    const value = checker?.kind === 'function' ? servedChecker(machine, checker, roles) : refusing(routing, nearest)
    links.push({ value, at: nearest.at })
  }
  const user = parameters.find(({ name, args }) => name === 'CurrentUser' && isTrue(propertyOf(args[0], 'required')))
  const checker = propertyOf(options, 'currentUserChecker')
  if (user !== undefined && checker?.kind === 'function') links.push({ value: servedChecker(machine, checker, null), at: user.at })
  return links
}

function rolesIn(value: Value | undefined): readonly Value[] {
  if (value === undefined || (value.kind === 'literal' && value.value === undefined)) return []
  return value.kind === 'array' ? value.elements : [value]
}

function refusing({ machine, site }: Routing, { at, args }: NestDecorator): Value {
  return madeByPackage(machine, site, at, PACKAGE, ['Authorized'], args)
}

function isTrue(value: Value | undefined): boolean {
  return value?.kind === 'literal' && value.value === true
}
