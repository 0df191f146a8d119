/** What has the same key, in the order of the first of each; no group is empty. */
export function grouped<K extends string, T>(all: Iterable<T>, keyOf: (each: T) => K): Map<K, [T, ...T[]]> {
  const groups = new Map<K, [T, ...T[]]>();
  for (const each of all) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return groups;
}
