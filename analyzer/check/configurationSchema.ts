// The schema of parapet.config.json: the one source of its checks, of its JSON Schema and of docs/configuration.md.
import { z } from 'zod'
import { CAPABILITIES } from '../model/capabilities.js'

const capability = z.enum(CAPABILITIES)
const ruleSetting = z.enum(['off', 'on', 'info', 'warning', 'error'])
const rules = z.record(z.string(), ruleSetting)
const globs = z.array(z.string().min(1))

export const configurationSchema = z.strictObject({
  $schema: z.string().optional().describe('Where editors find the schema of this file.'),
  preset: z
    .enum(['recommended', 'strict'])
    .optional()
    .describe(
      'The rules that are on. `recommended` (the default) holds what every production server needs; `strict` adds what depends on how it is run.',
    ),
  rules: rules
    .optional()
    .describe(
      'Rule id → `off`, `on` (with its own severity), `info`, `warning` or `error`. Wins over the preset. `parapet rules` lists the ids.',
    ),
  overrides: z
    .array(
      z.strictObject({
        files: globs
          .min(1)
          .describe('Globs, relative to this file. A name without `/` matches in every folder, a folder stands for all in it.'),
        rules: rules.describe('As `rules` above, for findings in these files.'),
      }),
    )
    .optional()
    .describe('Settings for some files. Where several match, the last one wins.'),
  ignores: globs
    .optional()
    .describe(
      'Globs of files in which nothing is reported. They are still read, so that what they register is known. What `.gitignore` names is not read at all.',
    ),
  entries: z
    .array(z.string().min(1))
    .optional()
    .describe('Modules that start a server, relative to this file, where package scripts, Dockerfile and imports do not tell.'),
  environment: z
    .record(z.string(), z.string())
    .optional()
    .describe(
      'Environment variables to take as known. `NODE_ENV` is `production` unless it is set here, and so is what `APP_ENV`, `STAGE` and the like are compared with; every other variable is unknown.',
    ),
  middleware: z
    .record(z.string(), z.union([capability, z.array(capability)]))
    .optional()
    .describe(
      'What own or unknown middleware does: a package, a module’s path or a function’s name → its capabilities. An empty list says that it does none of these.',
    ),
  gateway: z
    .array(capability)
    .optional()
    .describe('What a gateway in front of the server already does for every request (nginx that limits rates and sets headers, say).'),
  minConfidence: z
    .enum(['low', 'medium', 'high'])
    .optional()
    .describe('Findings below this confidence are counted and not shown. Default `medium`.'),
})

export type ConfigurationFile = z.infer<typeof configurationSchema>

/** The schema as JSON Schema draft-07, for editors. */
export function configurationJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(configurationSchema, { io: 'input', target: 'draft-7' })
  return { title: 'Parapet configuration', ...schema, allowComments: true, allowTrailingCommas: true }
}
