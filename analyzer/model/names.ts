// What names say, remembered: a project has few names, each in many places.

/** Names of a large project; above it, names are made up as texts are. */
const MOST_NAMES = 20_000

/** `find` with a memory. It must look at the name alone. */
export function rememberedByName<Found>(find: (name: string) => Found): (name: string) => Found {
  const known = new Map<string, Found>()
  return (name) => {
    let found = known.get(name)
    if (found === undefined) {
      if (known.size >= MOST_NAMES) known.clear()
      known.set(name, (found = find(name)))
    }
    return found
  }
}
