// Secrets and the environment that the server starts in.
import { environmentFilesOf } from '../../model/deployment/environmentFiles.js'
import { environmentVariables, type EnvironmentVariableUse } from '../environment.js'
import type { Context, ControlDefinition, Shown } from '../control.js'
import { againstIt, unlessFound, withheld } from '../fromFindings.js'
import { eachApp } from './places.js'

/** A secret that stands in for a variable stands in the code all the same. */
const SECRETS_IN_CODE = ['no-hardcoded-secret', 'no-weak-secret', 'no-secret-fallback']

export const secrets: readonly ControlDefinition[] = [
  {
    id: 'no-secrets-in-code',
    area: 'secrets',
    title: 'No secret stands in the code',
    weight: 3,
    rules: SECRETS_IN_CODE,
    judge: (context) => unlessFound(context, SECRETS_IN_CODE, { text: 'None was found.', shown: secretReads(context) }),
  },
  {
    id: 'no-secret-fallback',
    area: 'secrets',
    title: 'No literal stands in for a missing secret',
    weight: 3,
    rules: ['no-secret-fallback'],
    judge: (context) => unlessFound(context, ['no-secret-fallback'], { text: 'None was found.', shown: secretReads(context) }),
  },
  {
    id: 'no-committed-environment',
    area: 'secrets',
    title: 'No environment file with secrets is committed',
    weight: 3,
    rules: ['no-committed-env'],
    judge: (context) => {
      const files = environmentFilesOf(context.model).map(({ facts }) => ({
        at: { file: facts.file, fn: '', node: 0 },
        note: 'holds no live secret',
      }))
      return unlessFound(context, ['no-committed-env'], {
        text: files.length > 0 ? 'Environment files hold no live secret.' : 'No .env file was found that git does not ignore.',
        shown: files.length > 0 ? files : eachApp(context),
      })
    },
  },
  {
    id: 'checked-environment',
    area: 'secrets',
    title: 'The start fails while a secret is missing',
    weight: 2,
    rules: ['require-env-validation'],
    judge: (context) => {
      const found = againstIt(context, ['require-env-validation'])
      if (found.length > 0) return found
      const doubt = withheld(context, ['require-env-validation'])
      if (doubt !== null) return [doubt]
      const read = environmentVariables(context.model).filter(({ isSecret }) => isSecret)
      const checked = read.filter(({ isChecked }) => isChecked === 'yes')
      const rest = read.filter((one) => !checked.includes(one))
      if (checked.length > 0)
        return [
          {
            status: rest.length === 0 ? 'in-place' : rest.every(({ isChecked }) => isChecked === 'unknown') ? 'not-known' : 'partly',
            text: `Checked: ${namesOf(checked)}.${rest.length === 0 ? '' : ` Not demanded: ${namesOf(rest)}.`}`,
            shown: [...placesOf(checked, 'is read here'), ...placesOf(rest, 'is read here, and not demanded')],
            app: null,
          },
        ]
      if (read.length === 0) return [{ status: 'not-applicable', text: 'No secret is read from the environment.', shown: [], app: null }]
      return [{ status: 'not-known', text: 'Whether the start fails without them is not known.', shown: secretReads(context), app: null }]
    },
  },
]

function namesOf(variables: readonly { readonly name: string }[]): string {
  return variables.map(({ name }) => name).join(', ')
}

function placesOf(variables: readonly EnvironmentVariableUse[], note: string): readonly Shown[] {
  return variables.flatMap(({ name, reads }) => reads.slice(0, 1).map((at) => ({ at, note: `${name} ${note}` })))
}

/** Where secrets are read from the environment, else the applications. */
function secretReads(context: Context): readonly Shown[] {
  const read = environmentVariables(context.model).filter(({ isSecret }) => isSecret)
  const shown = placesOf(read, 'comes from the environment')
  return shown.length > 0 ? shown.slice(0, 12) : eachApp(context)
}
