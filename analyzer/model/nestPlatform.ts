// What a Nest application stands on: Express, Fastify, or something that is not known.
import type { App, ProjectModel } from './model.js'
import { stringOf } from './values.js'
import { versionOf } from './versions.js'

/** True where Express answers the requests: an application of its own, or a Nest application on its default platform. */
export function isOnExpress(app: App): boolean {
  return app.framework === 'express' || (app.framework === 'nest' && platformOf(app) === 'express')
}

/** True for a Nest application on Fastify. */
export function isNestOnFastify(app: Pick<App, 'framework' | 'scope'>): boolean {
  return app.framework === 'nest' && platformOf(app) === 'fastify'
}

/** Nest sets security headers itself from 12.1 on (domain fact A21). */
export function hasSecurityHeaders(model: ProjectModel, app: App): boolean {
  const version = versionOf(model, app.at.file, '@nestjs/core')
  return version !== null && (version.major > 12 || (version.major === 12 && version.minor >= 1))
}

function platformOf(app: Pick<App, 'scope'>): string | null {
  return stringOf(app.scope.settings.find((setting) => setting.name === 'platform')?.value ?? null)
}
