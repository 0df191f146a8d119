import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { memoryStore } from "../../../tests/contract/memory-store.ts";
import { verbTrial } from "../../../tests/contract/verbs.ts";
import { EvenkeelError } from "../../model/errors.ts";
import type { ObjectBucket } from "../../store/bucket.ts";
import { folderStore } from "../../store/folder.ts";
import { memoryBucket } from "../../store/memory-bucket.ts";
import { listRecords } from "../../store/records.ts";
import { s3Store } from "../../store/s3.ts";
import type { Store } from "../../store/store.ts";
import type { Twin } from "../../twin/twin.ts";
import { executePause, preparePause } from "../pause/pause.ts";
import { executeResume, prepareResume } from "../resume/resume.ts";

const WEEK = 7 * 24 * 3_600_000;
const READS = /^(Describe|List|Get|Head|Lookup)/;
const EVERYTHING = { selection: {}, extend: false };
const changesOf = ({ log }: Twin) => log.filter(({ operation }) => !READS.test(operation));

/** A bucket that keeps what is put and tells each put. */
function heardBucket(onPut: (key: string, ifNoneMatch: boolean) => void): ObjectBucket {
  const bucket = memoryBucket();
  return {
    ...bucket,
    put: async (key, body, options) => {
      onPut(key, options.ifNoneMatch);
      return bucket.put(key, body, options);
    },
  };
}

describe("the backup of a record", () => {
  it("is put with a condition before the first change, with the same content", async () => {
    const { context, twin } = await verbTrial();
    const puts: [string, boolean, number][] = [];
    const bucket = heardBucket((key, ifNoneMatch) => puts.push([key, ifNoneMatch, changesOf(twin).length]));
    const backup = s3Store("s3://records/dev", bucket);
    const plan = await preparePause(context, EVERYTHING);
    const { record } = await executePause({ ...context, backup: async () => backup }, plan, context.clock.now() + WEEK);
    const { account } = context.connection;

    expect(puts).toEqual([[`dev/accounts/${account}/records/${record.id}.json`, true, 0]]);
    expect(await listRecords(backup, account)).toEqual(await listRecords(context.store, account));
  });

  it("that fails keeps everything from being changed, and leaves no armed record", async () => {
    const { context, twin } = await verbTrial();
    const plan = await preparePause(context, EVERYTHING);
    const failures = [
      new EvenkeelError("ACCESS_DENIED", "not allowed: s3:PutObject"),
      new EvenkeelError("NETWORK", "no route"),
      new EvenkeelError("STORE_FAILED", "could not use bucket x: it does not exist"),
    ];
    for (const failure of failures) {
      const backup = async () => s3Store("s3://x", { ...memoryBucket(), put: () => Promise.reject(failure) });
      await expect(executePause({ ...context, backup }, plan, context.clock.now() + WEEK)).rejects.toMatchObject({
        code: "STORE_FAILED",
        exit: 1,
        details: { state: "nothing was changed" },
      });
    }

    expect(changesOf(twin)).toEqual([]);
    expect(await listRecords(context.store, context.connection.account)).toEqual([]);
    await executePause(context, plan, context.clock.now() + WEEK);
  });

  it("of a pause that died behind it does not keep the same plan from being tried again; another's record does", async () => {
    const { context } = await verbTrial();
    const backup = memoryStore();
    const plan = await preparePause(context, EVERYTHING);
    const refusing: Store = {
      ...context.store,
      write: () => Promise.reject(new EvenkeelError("STORE_FAILED", "full")),
    };
    const saving = { ...context, backup: async () => backup };
    const first = executePause({ ...saving, store: refusing }, plan, context.clock.now() + WEEK);
    await expect(first).rejects.toMatchObject({ code: "STORE_FAILED", details: { state: "nothing was changed" } });
    for (const [path, content] of [...backup.objects]) backup.objects.set(path, Buffer.from(content));
    await executePause(saving, plan, context.clock.now() + WEEK);

    const other = await verbTrial();
    const strange = memoryStore();
    const again = await preparePause(other.context, EVERYTHING);
    strange.objects.set([...backup.objects.keys()][0] ?? "", Buffer.from("someone else's"));
    await expect(
      executePause({ ...other.context, backup: async () => strange }, again, other.context.clock.now() + WEEK),
    ).rejects.toMatchObject({ code: "STORE_FAILED" });
    expect(changesOf(other.twin)).toEqual([]);
  });

  it("brings everything back when the store is lost, and is closed with it", async () => {
    const { context } = await verbTrial();
    const backup = s3Store("s3://records", memoryBucket());
    const plan = await preparePause(context, EVERYTHING);
    await executePause({ ...context, backup: async () => backup }, plan, context.clock.now() + WEEK);
    const fresh = { ...context, store: memoryStore() };
    await expect(prepareResume(fresh, undefined)).rejects.toMatchObject({ code: "NO_RECORD" });
    const { closed, verified } = await executeResume(fresh, await prepareResume(fresh, undefined, backup));

    expect([closed, verified.length]).toEqual([true, plan.steps.length]);
    expect((await listRecords(backup, context.connection.account)).map(({ armed }) => armed)).toEqual([false]);
  });

  it("that can't be marked as closed does not keep the record from being closed", async () => {
    const { context, host } = await verbTrial();
    const plan = await preparePause(context, EVERYTHING);
    await executePause(context, plan, context.clock.now() + WEEK);
    const backup = async (): Promise<Store> => ({
      ...memoryStore(),
      write: () => Promise.reject(new EvenkeelError("NETWORK", "no route")),
    });
    const { closed } = await executeResume({ ...context, backup }, await prepareResume(context, undefined));

    expect(closed).toBe(true);
    expect(host.texts("warning").join()).toContain("could not be marked so in its backup");
  });
});

describe("a store that takes nothing", () => {
  it("at whichever write it begins to refuse, is told before anything is changed, or everything can be put back", async () => {
    let unchanged = 0;
    let changed = 0;
    for (let refusedFrom = 0; refusedFrom < 40; refusedFrom++) {
      const { context, twin } = await verbTrial();
      const plan = await preparePause(context, EVERYTHING);
      let writes = 0;
      const counted = async <T>(write: () => Promise<T>): Promise<T> => {
        if (writes++ >= refusedFrom) throw new EvenkeelError("STORE_FAILED", "no space is left on the disk (ENOSPC)");
        return write();
      };
      const store: Store = {
        ...context.store,
        write: (...args) => counted(() => context.store.write(...args)),
        append: (...args) => counted(() => context.store.append(...args)),
      };
      const failed = await executePause({ ...context, store }, plan, context.clock.now() + WEEK).catch(
        (error) => error,
      );
      expect(failed).toMatchObject({ code: "STORE_FAILED" });
      if (changesOf(twin).length === 0) unchanged += 1;
      else {
        changed += 1;
        const { closed } = await executeResume(context, await prepareResume(context, undefined));
        expect(closed, `refused from write ${refusedFrom}`).toBe(true);
      }
      // The plan, the journal's first line and the record come before any change.
      if (refusedFrom < 3) expect(failed).toMatchObject({ details: { state: "nothing was changed" } });
      if (refusedFrom < 3) expect(changesOf(twin)).toEqual([]);
    }

    expect([unchanged > 3, changed > 3]).toEqual([true, true]);
    // Forty pauses of a whole account, and their resumes, take seconds.
  }, 60_000);

  it.skipIf(process.getuid?.() === 0)("like a read-only folder, keeps everything from being changed", async () => {
    const dir = await mkdtemp(join(tmpdir(), "evenkeel-read-only-"));
    onTestFinished(async () => {
      await chmod(dir, 0o700);
      await rm(dir, { recursive: true });
    });
    const { context, twin } = await verbTrial();
    const plan = await preparePause(context, EVERYTHING);
    await chmod(dir, 0o500);
    const paused = executePause({ ...context, store: folderStore(dir) }, plan, context.clock.now() + WEEK);
    await expect(paused).rejects.toMatchObject({ code: "STORE_FAILED", details: { state: "nothing was changed" } });

    expect(changesOf(twin)).toEqual([]);
  });

  it("like a folder that a file stands in the way of, keeps everything from being changed", async () => {
    const dir = await mkdtemp(join(tmpdir(), "evenkeel-in-the-way-"));
    onTestFinished(() => rm(dir, { recursive: true }));
    const { context, twin } = await verbTrial();
    const plan = await preparePause(context, EVERYTHING);
    const { account } = context.connection;
    await mkdir(join(dir, "accounts", account), { recursive: true });
    await folderStore(dir).write(`accounts/${account}/records`, Buffer.from("a file"));
    const paused = executePause({ ...context, store: folderStore(dir) }, plan, context.clock.now() + WEEK);
    await expect(paused).rejects.toMatchObject({ code: "STORE_FAILED", details: { state: "nothing was changed" } });

    expect(changesOf(twin)).toEqual([]);
  });
});
