import { initContract } from '@ts-rest/core'
import { z } from 'zod'

const c = initContract()
const Recipe = z.object({ title: z.string().max(200) })

const recipes = c.router(
  {
    list: { method: 'GET', path: '/', query: z.object({ search: z.string().optional() }), responses: { 200: z.array(Recipe) } },
    one: { method: 'GET', path: '/:id', responses: { 200: Recipe } },
    add: { method: 'POST', path: '/', body: Recipe, responses: { 201: Recipe } },
    remove: { method: 'DELETE', path: '/:id', body: c.noBody(), responses: { 200: z.object({ id: z.string() }) } },
  },
  { pathPrefix: '/recipes' },
)

const meta = c.router({ version: { method: 'GET', path: '/meta/version', responses: { 200: c.type<{ version: string }>() } } })

export const contract = c.router({ recipes, meta }, { pathPrefix: '/api' })

const ping = c.query({ method: 'GET', path: '/ping', responses: { 200: c.type<{ ok: boolean }>() } })

export const internal = c.router({ ping })
