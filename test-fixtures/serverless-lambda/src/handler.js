import serverless from 'serverless-http'
import { makeApp } from './makeApp.js'

export const handler = serverless(makeApp())
