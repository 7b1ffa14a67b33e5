// Where an application is made: its name there, and middleware that runs before all else.
import { expect, test } from 'vitest'
import { edited } from '../../testing/edited.js'

const lines = (...text: string[]): string => `${text.join('\n')}\n`

function added(file: string, ...text: string[]): string | null {
  return edited({ [file]: lines(...text) }, (editor, { scopeAt }) => editor.addMiddleware(scopeAt('express()'), 'helmet()'))
}

test('middleware follows the declaration', () => {
  expect(added('a.ts', 'export const app: Application = express();', "app.set('x', 1);")).toBe(
    lines('export const app: Application = express();', 'app.use(helmet());', "app.set('x', 1);"),
  )
  expect(added('a.js', 'const app = module.exports = express();')).toBe(
    lines('const app = module.exports = express();', 'app.use(helmet());'),
  )
  expect(added('a.js', 'exports.app = express()')).toBe(lines('exports.app = express()', 'exports.app.use(helmet())'))
})

test('middleware follows the assignment in a constructor', () => {
  const text = ['class Server {', '  constructor() {', '    this.app = express();', '    this.routes();', '  }', '}']
  expect(added('a.js', ...text)).toBe(lines(...text.slice(0, 3), '    this.app.use(helmet());', ...text.slice(3)))
})

test('a field gets its middleware at the start of the constructor', () => {
  const text = [
    'class Server extends Base {',
    '  private app = express();',
    '',
    '  constructor(port: number) {',
    '    super();',
    '    this.routes();',
    '  }',
    '}',
  ]
  expect(added('a.ts', ...text)).toBe(lines(...text.slice(0, 5), '    this.app.use(helmet());', ...text.slice(5)))
  expect(added('a.ts', 'class Server {', '  app = express()', '}')).toBe(
    lines('class Server {', '  app = express()', '', '  constructor() {', '    this.app.use(helmet())', '  }', '}'),
  )
  expect(added('a.ts', 'class Server extends Base {', '  app = express()', '}')).toBeNull()
})

test('an application without a name is used in the expression', () => {
  expect(added('a.js', 'const server = http.createServer(express())')).toBe(
    lines('const server = http.createServer(express().use(helmet()))'),
  )
  expect(added('a.js', 'const make = () => express()')).toBe(lines('const make = () => express().use(helmet())'))
})

test('names are found through assertions, choices and awaits', () => {
  const nameOf = (text: string): string | null => {
    let name: string | null = null
    edited({ 'a.ts': text }, (editor, { scopeAt }) => {
      name = editor.nameOf(scopeAt('express()'))
    })
    return name
  }
  expect(nameOf('const app = (await express()) as Application')).toBe('app')
  expect(nameOf('const app = given ?? express()')).toBe('app')
  expect(nameOf('let app; app = express()')).toBe('app')
  expect(nameOf('class A { #app = express() }')).toBe('this.#app')
  expect(nameOf('const { app } = wrap(express())')).toBeNull()
  expect(nameOf('start(express())')).toBeNull()
})

test('a class gets one constructor for all that is added to its field', () => {
  const text = ['class Server {', '  app = express()', '}']
  const twice = edited({ 'a.js': lines(...text) }, (editor, { scopeAt }) => {
    editor.addMiddleware(scopeAt('express()'), 'helmet()')
    editor.addMiddleware(scopeAt('express()'), 'cors()')
  })
  expect(twice).toBe(
    lines(
      'class Server {',
      '  app = express()',
      '',
      '  constructor() {',
      '    this.app.use(helmet())',
      '    this.app.use(cors())',
      '  }',
      '}',
    ),
  )
})
