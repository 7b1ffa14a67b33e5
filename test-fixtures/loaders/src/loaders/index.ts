import type { Application } from 'express'
import expressLoader from './express'
import Logger from './logger'

export default async ({ expressApp }: { expressApp: Application }) => {
  await new Promise(resolve => setTimeout(resolve, 1))
  Logger.info('database loaded')
  await expressLoader({ app: expressApp })
  Logger.info('express loaded')
}
