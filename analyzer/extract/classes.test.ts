// Classes, as facts.
import { expect, test } from 'vitest'
import { factsOf, shapeOf } from '../../testing/factShapes.js'

test('members in order, with their functions, values, types and decorators', () => {
  const facts = factsOf(`
    @Controller('users')
    export abstract class Users extends Base<T> implements OnInit, Api.Thing<string> {
      static instance: Users
      private readonly app = express()
      @Inject(TOKEN) service: Service[]
      declare hidden: string
      accessor shown = 1;
      [key: string]: unknown
      constructor(@Inject('db') private db: Db, log = console) { super() }
      @Get(':id') async find(@Param('id') id: string) {}
      find2(): void
      abstract later(): void
      get size() { return 1 }
      set size(value) {}
      static #hidden() {}
      [computed]() {}
      static { boot() }
    }`)
  const users = facts.classes['0']
  expect(users).toMatchObject({ name: 'Users', owner: '', isAbstract: true })
  expect(shapeOf(users?.superClass)).toEqual(['name', 'Base'])
  expect(users?.implements).toEqual([
    { name: 'OnInit', args: [] },
    { name: 'Api.Thing', args: [{ name: 'string', args: [] }] },
  ])
  expect(shapeOf(users?.decorators)).toEqual([{ expression: ['call', ['name', 'Controller'], [['literal', 'users']]] }])
  expect(users?.members.map(({ kind, key, isStatic, function: id }) => [kind, typeof key === 'string' ? key : '?', isStatic, id])).toEqual([
    ['field', 'instance', true, null],
    ['field', 'app', false, null],
    ['field', 'service', false, null],
    ['field', 'shown', false, null],
    ['constructor', 'constructor', false, '0'],
    ['method', 'find', false, '1'],
    ['getter', 'size', false, '2'],
    ['setter', 'size', false, '3'],
    ['method', '#hidden', true, '4'],
    ['method', '?', false, '5'],
    ['staticBlock', '', true, '6'],
  ])
  expect(users?.members[0]?.type).toEqual({ name: 'Users', args: [] })
  expect(shapeOf(users?.members[1]?.value)).toEqual(['call', ['name', 'express'], []])
  expect(shapeOf(users?.members[2]?.decorators)).toEqual([{ expression: ['call', ['name', 'Inject'], [['name', 'TOKEN']]] }])
  expect(shapeOf(users?.members[5]?.decorators)).toEqual([{ expression: ['call', ['name', 'Get'], [['literal', ':id']]] }])
  expect(shapeOf(facts.functions['0']?.parameters)).toEqual([
    {
      pattern: ['name', 'db'],
      type: { name: 'Db', args: [] },
      decorators: [{ expression: ['call', ['name', 'Inject'], [['literal', 'db']]] }],
      isProperty: true,
    },
    { pattern: ['default', ['name', 'log'], ['name', 'console']], type: null, decorators: [], isProperty: false },
  ])
  expect(shapeOf(facts.functions['6'])).toMatchObject({ kind: 'method', body: [['expression', ['call', ['name', 'boot'], []]]] })
})

test('classes are named by place, and their expressions belong to the function around', () => {
  const facts = factsOf('const A = class { x = () => 1 }; function f() { return class extends A { y = class {} } }')
  expect(Object.values(facts.classes).map(({ id, name, owner }) => [id, name, owner])).toEqual([
    ['0', 'A', ''],
    ['1/1', 'y', '1'],
    ['1/0', '', '1'],
  ])
  expect(facts.functions['0']).toMatchObject({ name: 'x', kind: 'arrow' })
  const span = facts.functions['1']?.spans ?? []
  expect(Math.max(...span.map((_, index) => index)) / 2).toBeGreaterThan(facts.classes['1/0']?.node ?? Infinity)
})
