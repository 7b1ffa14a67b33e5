export class MessageStore {
  #rooms = new Map()

  rooms() {
    return [...this.#rooms.keys()]
  }

  of(room) {
    return this.#rooms.get(room) ?? []
  }

  add(room, text) {
    this.#rooms.set(room, [...this.of(room), text])
    return { room, text }
  }

  ping() {
    throw new Error('ECONNREFUSED 10.0.0.5:5432')
  }
}
