// The source texts of one generated feature: routes, handlers, and what they call.

/** The files of a feature, by their path below its folder. `prices` are the two platform modules that its service calls. */
export function featureFiles(name: string, routes: number, prices: readonly [number, number]): ReadonlyMap<string, string> {
  const actions = Array.from({ length: routes }, (_, index) => `action${index}`)
  return new Map([
    ['index.ts', `export { router as ${name}Router } from './routes.js'\nexport type { ${capital(name)} } from './types.js'\n`],
    ['types.ts', `export interface ${capital(name)} {\n  id: string\n  owner: string\n  title: string\n  amount: number\n}\n`],
    ['schema.ts', schemaSource(name)],
    ['repository.ts', repositorySource(name)],
    ['policy.ts', policySource(name)],
    ['mapper.ts', mapperSource(name)],
    ['events.ts', eventsSource(name)],
    ['service.ts', serviceSource(name, routes, prices)],
    ['controller.ts', controllerSource(name, actions)],
    ['routes.ts', routesSource(name, actions)],
  ])
}

function routesSource(name: string, actions: readonly string[]): string {
  const methods = ['get', 'post', 'put', 'patch', 'delete']
  const lines = actions.map((action, index) => {
    const method = methods[index % methods.length]!
    return `router.${method}('/${action}/:id', requireOwner, validate(${name}Schema), ${action})`
  })
  return `import { Router } from 'express'
import { ${actions.join(', ')} } from './controller.js'
import { requireOwner, validate } from './policy.js'
import { ${name}Schema } from './schema.js'

export const router = Router()

${lines.join('\n')}
`
}

function controllerSource(name: string, actions: readonly string[]): string {
  const handlers = actions.map(
    (action, index) => `export const ${action} = asyncHandler(async (req: Request, res: Response) => {
  const { id } = req.params
  const input = ${name}Schema.parse(req.body)
  if (input.amount > config.limits.amount) {
    res.status(422).json({ error: 'The amount is too large' })
    return
  }
  const record = await service.operation${index}(id, input)
  if (!record) throw new NotFound('${name}')
  logger.info({ id, owner: record.owner }, '${name} ${action}')
  await announce('${name}.${action}', { id })
  res.status(${index % 2 === 0 ? 200 : 201}).json(toView(record))
})`,
  )
  return `import type { Request, Response } from 'express'
import { config } from '../../config.js'
import { asyncHandler } from '../../platform/asyncHandler.js'
import { NotFound } from '../../platform/errors.js'
import { logger } from '../../platform/logger.js'
import { announce } from './events.js'
import { toView } from './mapper.js'
import { ${name}Schema } from './schema.js'
import { ${capital(name)}Service } from './service.js'
import { ${capital(name)}Repository } from './repository.js'

const service = new ${capital(name)}Service(new ${capital(name)}Repository())

${handlers.join('\n\n')}
`
}

/** Also for services that nobody calls any more. */
export function serviceSource(name: string, operations: number, [first, second]: readonly [number, number]): string {
  const methods = Array.from(
    { length: operations },
    (_, index) => `  async operation${index}(id: string, input: { title: string; amount: number }) {
    const current = await this.repository.find(id)
    if (!current) return null
    const changes = Object.entries(input).filter(([key, value]) => current[key] !== value)
    if (changes.length === 0) return current
    const total = price${first}(input.amount + ${index})
    const next = { ...current, ...input, amount: total, revision: (current.revision ?? 0) + 1 }
    try {
      return await this.repository.save(next)
    } catch (error) {
      logger.error({ err: error, id }, 'could not save')
      throw error
    }
  }`,
  )
  return `import { logger } from '../../platform/logger.js'
import { price${first} } from '../../platform/prices/price${first}.js'
import { price${second} } from '../../platform/prices/price${second}.js'

interface Records {
  find(id: string): Promise<any>
  save(record: unknown): Promise<any>
}

export class ${capital(name)}Service {
  constructor(private readonly repository: Records) {}

${methods.join('\n\n')}

  discount(amount: number) {
    return price${second}(amount)
  }
}
`
}

function repositorySource(name: string): string {
  return `import { config } from '../../config.js'
import type { ${capital(name)} } from './types.js'

export class ${capital(name)}Repository {
  private readonly records = new Map<string, ${capital(name)}>()

  async find(id: string) {
    const record = this.records.get(id)
    return record ? { ...record } : null
  }

  async save(record: ${capital(name)}) {
    if (this.records.size > config.limits.records) this.records.clear()
    this.records.set(record.id, record)
    return record
  }
}
`
}

function policySource(name: string): string {
  return `import type { NextFunction, Request, Response } from 'express'
import { logger } from '../../platform/logger.js'

export function requireOwner(req: Request, res: Response, next: NextFunction) {
  const owner = req.header('x-owner')
  if (!owner) {
    logger.warn({ path: req.path }, '${name}: no owner')
    res.status(401).json({ error: 'Sign in first' })
    return
  }
  res.locals.owner = owner
  next()
}

export const validate = (schema: { safeParse(input: unknown): { success: boolean } }) => (req: Request, res: Response, next: NextFunction) => {
  if (!schema.safeParse(req.body).success) {
    res.status(400).json({ error: 'The ${name} is not valid' })
    return
  }
  next()
}
`
}

function schemaSource(name: string): string {
  return `import { z } from 'zod'

export const ${name}Schema = z.object({ title: z.string().min(1).max(200), amount: z.number().nonnegative() })
`
}

function mapperSource(name: string): string {
  return `import type { ${capital(name)} } from './types.js'

export function toView(record: ${capital(name)}) {
  const { id, title, amount } = record
  return { id, title, amount: amount.toFixed(2), links: { self: \`/${name}/\${id}\` } }
}
`
}

function eventsSource(name: string): string {
  return `import { logger } from '../../platform/logger.js'

const listeners: Array<(event: string, data: unknown) => Promise<void>> = []

export function subscribe(listener: (event: string, data: unknown) => Promise<void>) {
  listeners.push(listener)
}

export async function announce(event: string, data: unknown) {
  for (const listener of listeners) await listener(event, data)
  logger.debug({ event }, '${name} announced')
}
`
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}
