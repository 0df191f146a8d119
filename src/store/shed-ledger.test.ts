import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ACCOUNT } from "../../tests/contract/account.ts";
import { memoryStore } from "../../tests/contract/memory-store.ts";
import { describeShedLedger, listenerArn, shedState, type TestLedger } from "../../tests/contract/shed-ledger.ts";
import { accountId } from "../model/brand.ts";
import { EvenkeelError } from "../model/errors.ts";
import { folderStore } from "./folder.ts";
import { memoryBucket } from "./memory-bucket.ts";
import { s3Store } from "./s3.ts";
import { storeLedger } from "./shed-ledger.ts";
import { readAll, type Store } from "./store.ts";

const account = accountId(ACCOUNT);
const web = listenerArn("web");
const FOLDER = `accounts/${ACCOUNT}/shed/`;

/** Changes the newest object of the web listener. */
const tamperIn =
  (store: Store): TestLedger["tamper"] =>
  async (_, change) => {
    const { path = "" } = (await store.list(`${FOLDER}eu-west-1.web.`)).at(-1) ?? {};
    await store.write(path, Buffer.from(change((await readAll(store, path))?.toString() ?? "")));
  };

describeShedLedger("a folder", async () => {
  const dir = await mkdtemp(join(tmpdir(), "evenkeel-shed-"));
  const open = () => storeLedger(folderStore(dir), account);
  return {
    ledgers: [open(), open(), open()],
    tamper: tamperIn(folderStore(dir)),
    close: () => rm(dir, { recursive: true, force: true }),
  };
});

describeShedLedger("a bucket", async () => {
  const bucket = memoryBucket();
  const open = () => storeLedger(s3Store("s3://bucket/team", bucket), account);
  return { ledgers: [open(), open(), open()], tamper: tamperIn(s3Store("s3://bucket/team", bucket)) };
});

it("keeps the last hundred revisions, and nothing of them in other listeners' folders", async () => {
  const store = memoryStore();
  const ledger = storeLedger(store, account);
  for (let revision = 1; revision <= 103; revision++) await ledger.write(shedState(web, revision));

  const names = (await store.list(FOLDER)).map(({ path }) => path.split("/").slice(3).join("/"));
  expect(names).toHaveLength(100);
  expect(names[0]).toBe("eu-west-1.web.50dc6c495c0c9188.f2f7dc8efc522ab2/0000000004.json");
});

it("is no success to write where a former revision was: whoever slept so long has lost its turn", async () => {
  const store = memoryStore();
  const ledger = storeLedger(store, account);
  await ledger.write(shedState(web, 1));
  let wakes = () => {};
  const sleeps = new Promise<void>((resolve) => {
    wakes = resolve;
  });
  const sleepy = storeLedger({ ...store, write: async (...call) => sleeps.then(() => store.write(...call)) }, account);
  const writing = sleepy.write(shedState(web, 2, "sleepy"));
  for (let revision = 2; revision <= 150; revision++) await ledger.write(shedState(web, revision));
  wakes();

  expect(await writing).toBe(false);
  expect((await ledger.read(web))?.revision).toBe(150);
  expect(await store.list(FOLDER)).toHaveLength(100);
});

const lost = new EvenkeelError("NETWORK", "the answer never came");

it("counts its own write as one when only the answer got lost, and nobody else's", async () => {
  const store = memoryStore();
  const losing = (kind: "after" | "before" | "false") =>
    storeLedger(
      {
        ...store,
        write: async (...call) => {
          if (kind !== "before") await store.write(...call);
          if (kind === "false") return false;
          throw lost;
        },
      },
      account,
    );

  expect(await losing("after").write(shedState(web, 1))).toBe(true);
  expect(await losing("false").write(shedState(web, 2))).toBe(true);
  await expect(losing("before").write(shedState(web, 3))).rejects.toBe(lost);
  expect((await storeLedger(store, account).read(web))?.revision).toBe(2);

  // The same state, by somebody else, between the look and the write.
  const overtaken = storeLedger(
    {
      ...store,
      write: async (...call) => {
        await storeLedger(store, account).write(shedState(web, 3));
        return store.write(...call);
      },
    },
    account,
  );
  expect(await overtaken.write(shedState(web, 3))).toBe(false);
});

it("is a success when only the clearing up fails", async () => {
  const store = memoryStore();
  const ledger = storeLedger({ ...store, remove: () => Promise.reject(lost) }, account);

  for (let revision = 1; revision <= 102; revision++) expect(await ledger.write(shedState(web, revision))).toBe(true);
});

it("passes over what is none of its objects", async () => {
  const store = memoryStore();
  const ledger = storeLedger(store, account);
  await ledger.write(shedState(web, 1));
  const { path = "" } = (await store.list(FOLDER))[0] ?? {};
  for (const name of [".DS_Store", "zzz.json", "0000000002.json.bak"])
    await store.write(`${path.slice(0, path.lastIndexOf("/"))}/${name}`, Buffer.from("x"));

  expect(await ledger.read(web)).toEqual(shedState(web, 1));
  expect(await ledger.write(shedState(web, 2))).toBe(true);
});

it("shows a damaged line of the log as what it is", async () => {
  const store = memoryStore();
  const ledger = storeLedger(store, account);
  await ledger.append(web, { kind: "step" });
  await store.append(`accounts/${ACCOUNT}/shed-log/eu-west-1.web.50dc6c495c0c9188.f2f7dc8efc522ab2`, '{"kind":"st');

  expect(await ledger.lines(web)).toEqual([{ kind: "step" }, { kind: "damaged", text: '{"kind":"st' }]);
});

it.each([
  ["OTHER_ACCOUNT", web.replace(ACCOUNT, "222222222222")],
  ["USAGE", web.replace("/app/", "/net/")],
  ["USAGE", "web"],
  ["USAGE", web.replace("/web/", "/../")],
  ["USAGE", web.replace("eu-west-1", "../x")],
])("refuses with %s what is no listener of its account: %s", async (code, listener) => {
  const ledger = storeLedger(memoryStore(), account);

  await expect(async () => ledger.read(listener)).rejects.toMatchObject({ code });
  await expect(async () => ledger.append(listener, {})).rejects.toMatchObject({ code });
});
