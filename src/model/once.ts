/**
 * Makes something when it is asked for first, and keeps it: for modules that only some have to wait for. An `import()` of one
 * that is loaded asks the loader all the same, which can take milliseconds.
 */
export function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
