// What names say about deployments: those of files and folders, of stages of images, and of the environments that variables speak of.

/** By the name of a file, or of a stage of a Dockerfile. */
export function isForDevelopment(name: string): boolean {
  return /(^|[._/-])(dev(?!-ops)|develop|development|local|debug|override)([._/-]|$)/i.test(name)
}

/** The same for what is put into service: `docker-compose.prod.yml`, `deploy/compose.yml`. */
export function isForProduction(name: string): boolean {
  return /(^|[._/-])(prod|production|deploy|deployment|stack)([._/-]|$)/i.test(name)
}

/** The same for tests and pipelines. */
export function isForTests(name: string): boolean {
  return /(^|[._/-])(tests?|__tests__|testing|e2e|cypress|ci|lint)\d*([._/-]|$)/i.test(name)
}

/** What stands beside the product: tests, examples, documentation, measurements, the environments of editors. */
export function isBesideProduct(path: string): boolean {
  return (
    isForTests(path) ||
    /(^|[._/-])(devcontainer|gitpod|mocks?|fixtures?|examples?|samples?|templates?|docs?|bench\w*)([._/-]|$)/i.test(path)
  )
}

/** What a variable like `NODE_ENV` or `STAGE` says with a word: null for a word that is none of the usual ones. */
export function stageOfWord(word: string): 'production' | 'staging' | 'development' | null {
  if (/^(?:prod|production|prd|live)$/i.test(word)) return 'production'
  if (/^(?:stag(?:e|ing)|stg|qa|uat|preview|sandbox|demo)$/i.test(word)) return 'staging'
  return /^(?:dev|develop|development|local|localhost|test|testing|tests|ci|e2e|debug)$/i.test(word) ? 'development' : null
}
