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
    append: async (path, line) => {
      objects.set(path, Buffer.concat([objects.get(path) ?? Buffer.alloc(0), Buffer.from(`${line}\n`)]));
    },
    lines: async (path) => (objects.get(path)?.toString() ?? "").split("\n").slice(0, -1),
    remove: async (path) => void objects.delete(path),
  };
}
