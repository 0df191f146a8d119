import { chmod, mkdtemp, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { describeStore } from "./conformance.ts";
import { folderStore } from "./folder.ts";

const temporaryFolder = () => mkdtemp(join(tmpdir(), "evenkeel-test-"));

describeStore("a folder", async () => {
  const dir = await temporaryFolder();
  const inside = join(dir, "made", "by the first write");
  return {
    store: folderStore(inside),
    again: folderStore(inside),
    close: () => rm(dir, { recursive: true }),
  };
});

describe("a folder store", () => {
  let dir: string;
  beforeEach(async () => {
    dir = await temporaryFolder();
  });
  afterEach(() => rm(dir, { recursive: true }));
  const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

  test("keeps others out: folders 0700, files 0600", async () => {
    await folderStore(join(dir, "store")).write("accounts/1/x", Buffer.from("x"));

    for (const folder of ["store", "store/accounts", "store/accounts/1"])
      expect(await mode(join(dir, folder))).toBe("700");
    expect(await mode(join(dir, "store/accounts/1/x"))).toBe("600");
  });

  test.runIf(process.platform === "linux")("gives up where a file system takes no folders", async () => {
    await expect(folderStore("/proc/evenkeel").write("accounts/1/x", Buffer.from("x"))).rejects.toMatchObject({
      code: "STORE_FAILED",
    });
  });

  test("hides what a killed writer left, and clears it away when it is old", async () => {
    const [old, fresh] = [join(dir, ".tmp-1-old"), join(dir, ".tmp-2-fresh")];
    await writeFile(old, "half");
    await writeFile(fresh, "half");
    const twoHoursAgo = Date.now() / 1000 - 7200;
    await utimes(old, twoHoursAgo, twoHoursAgo);
    const store = folderStore(dir);

    expect(await store.list("")).toEqual([]);
    await store.write("a", Buffer.from("x"));

    expect((await readdir(dir)).sort()).toEqual([".tmp-2-fresh", "a"]);
  });

  test("leaves no temporary file behind, whether a write succeeds, fails or is refused", async () => {
    const store = folderStore(dir);
    await store.write("a", Buffer.from("x"), { exclusive: true });
    await Promise.all([1, 2, 3].map(() => store.write("a", Buffer.from("y"), { exclusive: true })));
    const failing = (async function* (): AsyncIterable<Uint8Array> {
      yield Buffer.from("x");
      throw new Error("no more");
    })();
    await expect(store.write("b", failing)).rejects.toThrow("no more");

    expect(await readdir(dir)).toEqual(["a"]);
  });

  test("says what to do when a file stands where its folder should be", async () => {
    await writeFile(join(dir, "file"), "");

    await expect(folderStore(join(dir, "file")).write("a", Buffer.from("x"))).rejects.toMatchObject({
      code: "STORE_FAILED",
      message: expect.stringContaining(join(dir, "file")),
      details: { hint: expect.stringContaining("--store"), state: expect.stringContaining("nothing was changed") },
    });
  });

  test.skipIf(process.getuid?.() === 0)("says what to do when it has no permission", async () => {
    await chmod(dir, 0o500);

    await expect(folderStore(dir).write("a", Buffer.from("x"))).rejects.toMatchObject({
      code: "STORE_FAILED",
      message: expect.stringContaining("permission denied"),
    });
    await chmod(dir, 0o700);
  });
});
