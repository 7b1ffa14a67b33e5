// Items put together by what they have in common.

/** Puts an item behind those of its group. */
export function addToGroup<Key, Item>(groups: Map<Key, Item[]>, key: Key, item: Item): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [item])
  else group.push(item)
}

/** The same for items that come several times in a row, as one call does that names a group twice: each is put in once. */
export function addToGroupOnce<Key, Item>(groups: Map<Key, Item[]>, key: Key, item: Item): void {
  if (groups.get(key)?.at(-1) !== item) addToGroup(groups, key, item)
}
