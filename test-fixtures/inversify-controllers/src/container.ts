import { Container } from 'inversify'
import { ApiKey } from './middleware/ApiKey'
import { ToolStore } from './ToolStore'
import { types } from './types'

export const container = new Container()
container.bind(types.ToolStore).to(ToolStore).inSingletonScope()
container.bind(types.ApiKey).to(ApiKey)
