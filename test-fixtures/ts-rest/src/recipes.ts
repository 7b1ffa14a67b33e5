import { initServer } from '@ts-rest/express'
import type { NextFunction, Request, Response } from 'express'
import { contract } from './contract'

const s = initServer()
const recipes = new Map([['1', { title: 'Bread' }]])

function authenticated(req: Request, res: Response, next: NextFunction): void {
  if (req.headers.authorization !== 'Bearer open') {
    res.status(401).json({ error: 'Unauthorized' })
    return
  }
  next()
}

export const recipesRouter = s.router(contract.recipes, {
  list: async ({ query }) => {
    const all = [...recipes.values()]
    return { status: 200, body: query.search === undefined ? all : all.filter(({ title }) => title.includes(query.search ?? '')) }
  },
  one: async ({ params: { id } }) => {
    const recipe = recipes.get(id)
    if (recipe === undefined) throw new Error(`nothing in box ${id}`)
    return { status: 200, body: recipe }
  },
  add: {
    middleware: [authenticated],
    handler: async ({ body }) => {
      recipes.set(String(recipes.size + 1), body)
      return { status: 201, body }
    },
  },
  remove: {
    middleware: [authenticated],
    handler: async ({ params }) => {
      recipes.delete(params.id)
      return { status: 200, body: { id: params.id } }
    },
  },
})
