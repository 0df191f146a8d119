import type { Store } from "../../src/store/store.ts";

/** A store in memory. */
export function memoryStore(): Store & { readonly objects: Map<string, Buffer> } {
  const objects = new Map<string, Buffer>();
  return {
    url: "memory:",
    objects,
    list: async (prefix) =>
      [...objects]
        .filter(([path]) => path.startsWith(prefix))
        .map(([path, content]) => ({ path, bytes: content.length }))
        .sort((a, b) => (a.path < b.path ? -1 : 1)),
    read: async (path) => {
      const content = objects.get(path);
      return (
        content &&
        (async function* () {
          yield content;
        })()
      );
    },
    write: async (path, content, options) => {
      const chunks: Uint8Array[] = [];
      if (content instanceof Uint8Array) chunks.push(content);
      else for await (const chunk of content) chunks.push(chunk);
      if (options?.exclusive && objects.has(path)) return false;
      objects.set(path, Buffer.concat(chunks));
      return true;
    },
    remove: async (path) => void objects.delete(path),
  };
}
