// What the place and the name of a file say about its role, by conventions of the field.

export type FileRole =
  'server' | 'test' | 'fixture' | 'example' | 'script' | 'migration' | 'generated' | 'config' | 'cli' | 'client' | 'declaration' | 'story'

const TEST_FOLDER =
  /^_*((unit|integration|e2e|functional|api|load|acceptance|smoke|backend|frontend)[-_])?(tests?|specs?)([-_](utils?|helpers?|setup|support|lib))?_*$|^(e2e|cypress|playwright|testing|__test_utils__)$/
const TEST_NAME =
  /[.](tests?|spec|e2e|e2e-spec|cy|integration-spec)\.[mc]?[jt]sx?$|[-_](test|spec)\.[mc]?[jt]sx?$|^(setupTests|(jest|vitest|mocha)[.-]setup)\.[mc]?[jt]sx?$/
const FIXTURE_FOLDER = /^_*(fixtures?|mocks?|stubs|snapshots|test-?data|mock-?data)_*$/i
const FIXTURE_NAME = /\.(mock|fixture|stub)s?\.[mc]?[jt]sx?$/
const EXAMPLE_FOLDER = /^([\w-]+-)?examples?$/
const SCRIPT_FOLDER = /^(scripts?|seeds?|seeders?|seeding|bench(marks?)?)$/
const SCRIPT_NAME = /^(seed(s|er|ers|ing|[-_.]?(data|db|database))?|benchmark)\.[mc]?[jt]s$|\.(seed|seeder)\.[mc]?[jt]s$/i
const MIGRATION_FOLDER = /(^|[_-])migrations?$|^migrate$/
const GENERATED = /(^|\/)(__generated__|generated|vendor|third[-_]party)\/|\.(generated|gen|pb)\.[mc]?[jt]s$|_pb\.[mc]?[jt]s$/
/** These mean something else below src. */
const TOP_EXAMPLES = /^(docs?|demos?|samples?|playground|sandbox|website)$/
const TOP_SCRIPTS = /^(tools?|tooling|perf|hack|ci|devtools|utilities)$/
const TOP_TESTS = /^(acceptance|smoke)$/
const TOP_CLIENT = /^(public|static|assets|client|frontend|front-end|webapp)$/
const TOOL_CONFIG =
  /^(webpack|babel|jest|vite|vitest|rollup|tailwind|postcss|next|nuxt|playwright|cypress|karma|eslint|prettier|tsup|esbuild|metro|svelte|astro|commitlint|lint-staged|ecosystem|pm2|nodemon|stylelint|release|craco|wdio|nightwatch|codecept|drizzle|prisma|mikro-orm|typedoc|docusaurus|protractor)([.-][\w-]+)*\.(config|conf|common|dev|prod)([.-][\w-]+)*\.[mc]?[jt]s$|^(gulpfile|gruntfile|knexfile|dangerfile|jakefile|rollup|next-env)(\.[\w-]+)*\.[mc]?[jt]s$|^\.[\w-]+rc\.[mc]?[jt]s$/i
const ROUTE_FOLDER = /^(routes?|controllers?|handlers|endpoints)$/

/**
 * The role by path alone, null where nothing speaks against server code. `inPackage` is the path within the nearest package, `main` the module that this
 * package is loaded by: what lies in one folder with it is no example.
 */
export function pathRole(file: string, inPackage: string, main: string | null = null): FileRole | null {
  const segments = file.split('/')
  const name = segments.pop() ?? ''
  const top = topOf(inPackage)
  if (/\.d(\.\w+)?\.[mc]?ts$/.test(name)) return 'declaration'
  if (/\.(stories|story)\.[mc]?[jt]sx?$/.test(name)) return 'story'
  if (GENERATED.test(file)) return 'generated'
  const routes = segments.findIndex((segment) => ROUTE_FOLDER.test(segment))
  // A folder of routes may well have a route called test.
  const isTestFolder = (segment: string, at: number): boolean =>
    TEST_FOLDER.test(segment) && !(segment === 'test' && routes >= 0 && at > routes)
  if (segments.some(isTestFolder) || TOP_TESTS.test(top) || TEST_NAME.test(name) || (top === '' && /^tests?\.[mc]?[jt]s$/.test(name)))
    return 'test'
  if (segments.some((segment) => FIXTURE_FOLDER.test(segment)) || FIXTURE_NAME.test(name)) return 'fixture'
  if (segments.some((segment) => EXAMPLE_FOLDER.test(segment)) || (TOP_EXAMPLES.test(top) && top !== topOf(main ?? ''))) return 'example'
  if (segments.some((segment) => MIGRATION_FOLDER.test(segment)) || /\.migration\.[mc]?[jt]s$/.test(name)) return 'migration'
  if (segments.some((segment) => SCRIPT_FOLDER.test(segment)) || SCRIPT_NAME.test(name) || TOP_SCRIPTS.test(top)) return 'script'
  if (TOOL_CONFIG.test(name)) return 'config'
  if (TOP_CLIENT.test(top) || inPackage.startsWith('src/public/')) return 'client'
  return null
}

/** The first folder of a path; '' for what lies in none. */
function topOf(path: string): string {
  const plain = path.replace(/^(?:\.\/)+/, '')
  return plain.includes('/') ? plain.slice(0, plain.indexOf('/')) : ''
}
