import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readAll, type Store } from "./store.ts";

/** A store that is empty, and how to clear it away. */
export interface TestStore {
  readonly store: Store;
  /** Another way into the same store, as a second process has it. */
  readonly again: Store;
  readonly close?: () => Promise<void>;
}

const bytes = (text: string) => Buffer.from(text);

/** What every store promises, whatever it is made of. */
export function describeStore(name: string, open: () => Promise<TestStore>): void {
  describe(`a store in ${name}`, () => {
    let store: Store;
    let again: Store;
    let close: TestStore["close"];
    beforeEach(async () => {
      ({ store, again, close } = await open());
    });
    afterEach(() => close?.());
    const text = async (path: string) => (await readAll(again, path))?.toString();

    test("gives back what was written", async () => {
      expect(await store.write("accounts/1/a.json", bytes("hello"))).toBe(true);

      expect(await text("accounts/1/a.json")).toBe("hello");
    });

    test("keeps the lines of a log in their order, whoever reads them", async () => {
      await Promise.all(["one", "two", "three"].map((line) => store.append("runs/r-1", line)));
      await again.append("runs/r-1", "four");
      await store.append("runs/r-2", "other");

      expect(await again.lines("runs/r-1")).toEqual(["one", "two", "three", "four"]);
      expect(await store.lines("runs/none")).toEqual([]);
    });

    test("holds bytes of any value and objects of no length", async () => {
      const all = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
      await store.write("all", all);
      await store.write("none", new Uint8Array());

      expect(await readAll(again, "all")).toEqual(all);
      expect(await readAll(again, "none")).toEqual(Buffer.alloc(0));
    });

    test("takes a stream larger than its own chunks", async () => {
      const piece = Buffer.alloc(700_000, "x");
      await store.write(
        "large",
        (async function* () {
          for (let index = 0; index < 4; index++) yield piece;
        })(),
      );

      expect((await readAll(again, "large"))?.equals(Buffer.concat([piece, piece, piece, piece]))).toBe(true);
    });

    test("says that what is not there is not there", async () => {
      await store.write("folder/object", bytes("x"));

      expect(await again.read("nothing")).toBeUndefined();
      expect(await again.read("folder/nothing")).toBeUndefined();
      expect(await again.read("folder")).toBeUndefined();
    });

    test("replaces an object by default", async () => {
      await store.write("active", bytes("one"));

      expect(await store.write("active", bytes("two"))).toBe(true);
      expect(await text("active")).toBe("two");
    });

    test("refuses an exclusive write where something is, and leaves it as it was", async () => {
      await store.write("key", bytes("first"));

      expect(await again.write("key", bytes("second"), { exclusive: true })).toBe(false);
      expect(await text("key")).toBe("first");
    });

    test("lets one of many exclusive writers win, and keeps what that one wrote", async () => {
      const writers = Array.from({ length: 8 }, (_, index) => String(index));
      const outcomes = await Promise.all(
        writers.map((each, index) => (index % 2 ? store : again).write("key", bytes(each), { exclusive: true })),
      );

      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await text("key")).toBe(writers[outcomes.indexOf(true)]);
    });

    test("leaves what was there when the content of a write fails", async () => {
      await store.write("a", bytes("whole"));
      const failing = (async function* () {
        yield bytes("half");
        throw new RangeError("the scan stopped");
      })();

      await expect(store.write("a", failing)).rejects.toThrow(new RangeError("the scan stopped"));
      expect(await text("a")).toBe("whole");
      expect(await again.list("")).toEqual([{ path: "a", bytes: 5 }]);
    });

    test("lists by prefix, in path order, with sizes", async () => {
      for (const path of ["b/2", "b/10", "b-1", "a", "b/c/d", "bc"]) await store.write(path, bytes(path));

      expect(await again.list("")).toEqual(
        ["a", "b-1", "b/10", "b/2", "b/c/d", "bc"].map((path) => ({ path, bytes: path.length })),
      );
      expect((await again.list("b/")).map(({ path }) => path)).toEqual(["b/10", "b/2", "b/c/d"]);
      expect((await again.list("b/1")).map(({ path }) => path)).toEqual(["b/10"]);
      expect(await again.list("zzz/")).toEqual([]);
    });

    test("lists more objects than fit on a page", async () => {
      const paths = Array.from({ length: 1005 }, (_, index) => `many/${String(index).padStart(4, "0")}`);
      for (let at = 0; at < paths.length; at += 50)
        await Promise.all(paths.slice(at, at + 50).map((path) => store.write(path, bytes("x"))));

      expect((await again.list("many/")).map(({ path }) => path)).toEqual(paths);
    });

    test("removes, also what is not there", async () => {
      await store.write("a/b", bytes("x"));

      await again.remove("a/b");
      await again.remove("a/b");

      expect(await store.read("a/b")).toBeUndefined();
      expect(await store.list("")).toEqual([]);
    });

    test.each(["../x", "a/../../x", "/etc/x", "a//b", "", "a/.", "a\\..\\x", "a\0", "a/.tmp-1"])(
      "refuses the path %j",
      async (path) => {
        const refused = expect.objectContaining({ code: "USAGE" });

        await expect(store.write(path, bytes("x"))).rejects.toEqual(refused);
        await expect(store.read(path)).rejects.toEqual(refused);
        await expect(store.remove(path)).rejects.toEqual(refused);
      },
    );

    test("lets a reader stop early", async () => {
      await store.write("large", Buffer.alloc(5_000_000, "x"));
      const chunks = await again.read("large");
      for await (const chunk of chunks ?? []) {
        expect(chunk.length).toBeGreaterThan(0);
        break;
      }

      expect((await readAll(again, "large"))?.length).toBe(5_000_000);
    });
  });
}
