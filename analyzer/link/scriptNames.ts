// What the name of a package script says about what it starts.

/** Words in a script's name that mean: this is no server. */
const NO_SERVER = new RegExp(
  '(^|[:._-])(tests?|e2e|spec|cypress|jest|mocha|vitest|playwright|lint|eslint|format|prettier|build|compile|bundle|tsc|migrat\\w*|seed\\w*|seeder|' +
    'client|frontend|front|ui|storybook|docs?|mock|bench\\w*|deploy|release|download|upload|generate|install|clean|reset|types?|typecheck|coverage|' +
    'docker|container|prepare|precommit|husky|version|changeset|codegen|lambda-build)([:._-]|$)',
  'i',
)
const SERVER =
  /^(start|serve|server|dev|develop|development|prod|production|watch|debug|inspect|local|run|up|api|app|backend|gateway|services?|nodemon|pm2|live|launch|worker)([:._-].*)?$/i
const DEVELOPMENT = /(^|[:._-])(dev|develop|development|watch|debug|inspect|local|nodemon|hot|live)([:._-]|$)/i

/** `collab:prod`: whatever it is, that is how it runs in production. */
const IN_PRODUCTION = /[:._-]prod(uction)?$/i

/** `production`: what starts the server for real; `development`: what starts it on a developer's machine; `other`: no server. */
export type ScriptPurpose = 'production' | 'development' | 'other'

/** Tells by its name what a package script is for. */
export function scriptPurpose(name: string): ScriptPurpose {
  if (!(SERVER.test(name) || IN_PRODUCTION.test(name)) || isChore(name)) return 'other'
  if (DEVELOPMENT.test(name)) return 'development'
  if (IN_PRODUCTION.test(name)) return 'production'
  return /^(start|serve|server|prod|production|run|up|launch|pm2)([:._-]|$)/i.test(name) ? 'production' : 'development'
}

/** True for names of chores (`migrate`, `build`, `test:api`), whoever calls them. */
export function isChore(name: string): boolean {
  return NO_SERVER.test(name)
}
