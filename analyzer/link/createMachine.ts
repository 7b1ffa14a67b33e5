// A machine before anything ran: empty heap, no records.
import type { FrameworkModel, Interpreter, Machine, World } from './machine.js'
import { newUnitIndex } from './unitIndex.js'
import { newUnit } from './units.js'

export function createMachine(world: World, run: Interpreter, frameworks: readonly FrameworkModel[]): Machine {
  return {
    world,
    run,
    frameworks,
    answering: new Map(),
    modules: new Map(),
    namespaces: new WeakMap(),
    visited: new Set(),
    snapshots: { guards: [], stack: [] },
    made: new Map(),
    instances: new Map(),
    classes: new Map(),
    scopes: [],
    scopeCalls: 0,
    grown: new Map(),
    assumed: new WeakSet(),
    unchosen: new Set(),
    guards: [],
    stack: [],
    functionStack: [],
    queue: [],
    logs: [],
    methods: new WeakMap(),
    getters: new WeakMap(),
    replacedNames: new Set(),
    containers: new Map(),
    globals: new Map(),
    natives: new Map(),
    main: null,
    phase: 'boot',
    sweepDepth: 0,
    tryDepth: 0,
    offDepth: 0,
    steps: 0,
    limit: Infinity,
    order: 0,
    unit: newUnit('boot'),
    units: newUnitIndex(),
    bootMark: 0,
    depth: 0,
    waits: 0,
    identity: identities(),
    memo: new Map(),
  }
}

function identities(): (value: object) => number {
  const numbers = new WeakMap<object, number>()
  let next = 1
  return (value) => {
    let number = numbers.get(value)
    if (number === undefined) numbers.set(value, (number = next++))
    return number
  }
}
