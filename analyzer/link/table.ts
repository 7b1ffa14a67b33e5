// Tables of names: what a Map is, at a fraction of its size while there is little in them.

/** Up to this many names a list is searched; a Map takes over past it. */
const MOST_LISTED = 8

/**
 * Properties, variables and places by name, in the order in which they came. Most of the many tables of a boot hold a few names or none,
 * and a Map takes 200 bytes to begin with: 13 MB of 284 on a monorepo of 1,972 files.
 * What is walked over is what stood there when the walk began.
 */
export class Table<T extends object> implements Map<string, T> {
  /** See births.ts. */
  born = 0
  size = 0
  /** Each name followed by its value; with holes at the end. */
  private list: (string | T)[] = NOTHING
  private map: Map<string, T> | null = null

  get [Symbol.toStringTag](): string {
    return 'Table'
  }

  get(name: string): T | undefined {
    if (this.map !== null) return this.map.get(name)
    const at = this.list.indexOf(name)
    return at < 0 ? undefined : (this.list[at + 1] as T)
  }

  has(name: string): boolean {
    return this.map !== null ? this.map.has(name) : this.list.includes(name)
  }

  set(name: string, value: T): this {
    if (this.map !== null) {
      this.map.set(name, value)
      this.size = this.map.size
      return this
    }
    const at = this.list.indexOf(name)
    if (at >= 0) this.list[at + 1] = value
    else if (this.size === MOST_LISTED) {
      this.map = new Map(this.pairs())
      this.list = NOTHING
      return this.set(name, value)
    } else this.append(name, value)
    return this
  }

  delete(name: string): boolean {
    if (this.map !== null) {
      const wasThere = this.map.delete(name)
      this.size = this.map.size
      return wasThere
    }
    const at = this.list.indexOf(name)
    if (at < 0) return false
    this.list.splice(at, 2)
    this.size--
    return true
  }

  clear(): void {
    this.map = null
    this.list = NOTHING
    this.size = 0
  }

  entries(): MapIterator<[string, T]> {
    return (this.map !== null ? [...this.map] : this.pairs()).values()
  }

  keys(): MapIterator<string> {
    return (this.map !== null ? [...this.map.keys()] : this.every(0)).values() as MapIterator<string>
  }

  values(): MapIterator<T> {
    return (this.map !== null ? [...this.map.values()] : this.every(1)).values() as MapIterator<T>
  }

  [Symbol.iterator](): MapIterator<[string, T]> {
    return this.entries()
  }

  forEach(work: (value: T, name: string, table: Map<string, T>) => void): void {
    const names = this.map !== null ? [...this.map.keys()] : (this.every(0) as string[])
    const values = this.map !== null ? [...this.map.values()] : (this.every(1) as T[])
    for (const [index, name] of names.entries()) work(values[index] as T, name, this)
  }

  /** Room is made in steps: what a list grows by when left alone is more than most tables hold. */
  private append(name: string, value: T): void {
    const at = 2 * this.size++
    if (at === 0) this.list = [name, value]
    else {
      if (at >= this.list.length) {
        const before = this.list
        this.list = new Array<string | T>(2 * at)
        for (let index = 0; index < at; index++) this.list[index] = before[index] as string | T
      }
      this.list[at] = name
      this.list[at + 1] = value
    }
  }

  private pairs(): [string, T][] {
    const pairs: [string, T][] = []
    for (let at = 0; at < 2 * this.size; at += 2) pairs.push([this.list[at] as string, this.list[at + 1] as T])
    return pairs
  }

  /** Names or values. */
  private every(from: 0 | 1): (string | T)[] {
    const found: (string | T)[] = []
    for (let at = from; at < 2 * this.size; at += 2) found.push(this.list[at] as string | T)
    return found
  }
}

// Stands in until something is put in.
const NOTHING: never[] = []
