// Both parsers give the same facts of every construct, in all the forms that they spell differently.
import { expect, test } from 'vitest'
import { extractFacts } from '../extract/extractFacts.js'
import { parseWithReference } from './estree.js'

const typescript = `
import a, { type B, c as d, "e f" as g } from 'x' with { type: 'json' }
import type { H } from 'y'
import i = require('z'); import j = i.k.l; import type m = require('n')
export * from 'o'; export * as p from 'q'; export { r as default } from 's'; export type { T } from 't'
@A({ b: 1 }) export abstract class C<T> extends D.E<T> implements F, G.H<string[]> {
  @I() private readonly j?: K<L> = (1 as any)!; static #m = 2; declare n: string; accessor o = 3
  constructor(@P() private q: R, protected readonly s = t, ...u: V[]) { super() }
  @W(':x') async *y(@Z() z: string, { a, b = 1, ...c }: { a: string }): Promise<void> { yield* a; for await (const d of e) f() }
  get [g]() { return this.#m } set h(i) {} abstract k(): void; l(): void; l(m?: string) {} static { n() } 'o-p'() {} 1() {} [q: string]: any
}
export default async function (this: S, r = 1) { await r }
enum T { A, B = 1 << 2, C = 'x', 'D-E' } declare enum U { A } const enum V { A = -1, B }
namespace W.X { export const y = 1; export function z() {} } declare module 'aa' { export const b: string }
function f(a: string): void; function f(a: any) {} declare function g(): void
let h = <I>j, k = l satisfies M, n = o<P>, q = (r?.s.t)?.[u]!.v?.(w), x = \`y\${z}\\n\`, aa = bb\`\\u\${cc}\`
let dd: unique symbol, ee: typeof ff, gg: import('hh').Ii<Jj>, kk: readonly L[] | (M & N) | 'o' | -1 | null, pp: [q: R, s?: T]
label: for (const [a, , b = 1, ...c] of d) { if (e) continue label; else break }
for (let i = 0, j; i < 1; i++, j--) {} for (k in l) ; for (m.n of o) ; do { p } while (q); switch (r) { case 1: default: s() }
try { t } catch { u } finally { v } try { w } catch ({ message }) {}
({ a, b: [c.d, e[f]] = g, ...h.i } = j); k ??= l; m **= 2; n = o, p; delete q[r]; void 0; new S; new (t())(u); new.target; import.meta.url
v = async <T,>(w: T) => ({ x, [y]: 1, 'z': 2, 3: 4, async *a() {}, get b() { return 1 }, set b(c) {}, ...d, __proto__: null })
e = /f(?<g>h)/gi; i = 10n; j = 0xff; k = 'l\\u{1F600}'; m = await import('n'); o = #p in q
export { type U2, v2 as w2 }; export import x2 = y2.z2; export const { a3, b3: [c3] } = d3, e3 = class F3 {}
using g3 = h3; await using i3 = j3; debugger; ; 'directive'
export = k3
`

test('TypeScript', () => {
  expect(extractFacts('a.ts', typescript, parseWithReference)).toEqual(extractFacts('a.ts', typescript))
  expect(extractFacts('a.ts', typescript).kind).toBe('source')
})

test.each([
  ['a.js', '#!/usr/bin/env node\n"use strict"\nconst a = require("b")\nmodule.exports = { a, ...c }; return'],
  ['a.js', '\uFEFF/* é😀 */ a("😀", b) // parapet-ignore-line x'],
  ['a.js', '@a class B { @c d() {} @e f = 1; static g; #h = () => this }'],
  ['a.jsx', 'a = <B.C d="e" f={g} {...h}>{i}{/* j */}{...k}<></> text &amp;</B.C>'],
  ['a.tsx', 'a = <B<C> d={e as F} />; g = <T,>(h: T) => <i>{h!}</i>'],
  ['a.mts', 'export const a: B = await c'],
  ['a.cts', 'import a = require("b"); export = a'],
  ['a.d.ts', 'declare const a: string; export default a; export declare function b(): void; export class C { d: string; e(): void }'],
])('%s: %s', (file, text) => {
  expect(extractFacts(file, text, parseWithReference)).toEqual(extractFacts(file, text))
  expect(extractFacts(file, text).kind).toBe('source')
})
