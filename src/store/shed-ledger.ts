import { randomUUID } from "node:crypto";
import { parseArn } from "../model/arn.ts";
import type { AccountId } from "../model/brand.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { ShedState } from "../model/shed.ts";
import { parseShedState, shedStateText } from "../model/shed-schema.ts";
import { readAll, type Store } from "./store.ts";

/** Where it is kept how the shedding of each listener stands. What it promises is in tests/contract/shed-ledger.ts. */
export interface ShedLedger {
  /** As the person wrote it. */
  readonly url: string;
  /**
   * Undefined = nothing was ever kept of this listener.
   * @throws EvenkeelError REFUSED when what is kept is damaged, or another version's
   */
  read(listener: string): Promise<ShedState | undefined>;
  /**
   * Keeps a state in the place of the one of the revision before, and of no other; the first is revision 1.
   * @returns false when another revision is kept: somebody else was faster
   */
  write(state: ShedState): Promise<boolean>;
  /** Adds a line to the listener's log. */
  append(listener: string, line: object): Promise<void>;
  /** The log, oldest first; a line that makes no sense is `{ kind: "damaged", text }`. */
  lines(listener: string): Promise<object[]>;
  /** @throws EvenkeelError REFUSED when one of them is damaged */
  list(): Promise<ShedState[]>;
}

/** Former revisions that stay, to look back at. */
const KEPT = 100;
/** Digits of a revision's number: paths sort as numbers do. */
const DIGITS = 10;
const NAME = /^(\d{10})[.]json$/;

/** A ledger in a store: each revision is an object of its own, written only where none is. Reads take the highest. */
export function storeLedger(store: Store, account: AccountId): ShedLedger {
  const root = `accounts/${account}/shed/`;
  const folderOf = (listener: string) => `${root}${nameOf(listener, account)}/`;
  const logOf = (listener: string) => `accounts/${account}/shed-log/${nameOf(listener, account)}`;
  const pathOf = (folder: string, revision: number) => `${folder}${String(revision).padStart(DIGITS, "0")}.json`;

  /** Numbers, ascending. */
  const revisionsIn = async (folder: string): Promise<number[]> =>
    (await store.list(folder)).flatMap(({ path }) => {
      const [, number] = NAME.exec(path.slice(folder.length)) ?? [];
      return number === undefined ? [] : [Number(number)];
    });

  const readIn = async (folder: string): Promise<ShedState | undefined> => {
    const revision = (await revisionsIn(folder)).at(-1);
    if (revision === undefined) return undefined;
    const path = pathOf(folder, revision);
    const content = await readAll(store, path);
    if (content) return stateOf(content.toString("utf8"), { folder, revision, where: `${store.url}, ${path}` });
    throw new EvenkeelError("STORE_FAILED", `${path} was removed from ${store.url} while it was read`, {
      hint: "try again",
    });
  };

  return {
    url: store.url,
    read: (listener) => readIn(folderOf(listener)),

    async write(state) {
      const folder = folderOf(state.listener);
      const content = Buffer.from(checkedText(state, randomUUID()));
      if (((await revisionsIn(folder)).at(-1) ?? 0) !== state.revision - 1) return false;
      const path = pathOf(folder, state.revision);
      if (!(await writeNew(store, path, content))) return false;
      const all = await revisionsIn(folder);
      const newest = all.at(-1) ?? 0;
      // Whoever slept for a hundred revisions finds its place free again, as an old one: that was no success.
      if (newest >= state.revision + KEPT) {
        await store.remove(path);
        return false;
      }
      // What stays by a failure goes after the next write.
      await Promise.all(
        all.filter((each) => each <= newest - KEPT).map((each) => store.remove(pathOf(folder, each))),
      ).catch(() => undefined);
      return true;
    },

    append: (listener, line) => store.append(logOf(listener), JSON.stringify(line)),
    lines: async (listener) => (await store.lines(logOf(listener))).map(parseLine),

    async list() {
      const folders = new Set((await store.list(root)).map(({ path }) => path.slice(0, path.lastIndexOf("/") + 1)));
      const states = await Promise.all([...folders].map(readIn));
      return states.filter((state) => state !== undefined);
    },
  };

  function stateOf(
    text: string,
    { folder, revision, where }: { readonly folder: string; readonly revision: number; readonly where: string },
  ): ShedState {
    const state = keptState(
      text,
      where,
      `look at that object; without it, the revision before it (${revision - 1}) counts`,
    );
    if (state.revision !== revision || folderOf(state.listener) !== folder)
      throw damaged(where, `it holds revision ${state.revision} of ${state.listener}`, "put it back where it belongs");
    return state;
  }
}

/** Whether it was written, also where no answer tells so: then what is there is looked at. */
async function writeNew(store: Store, path: string, content: Buffer): Promise<boolean> {
  const isOurs = async () => (await readAll(store, path))?.equals(content) ?? false;
  try {
    return (await store.write(path, content, { exclusive: true })) || (await isOurs());
  } catch (error) {
    if (await isOurs().catch(() => false)) return true;
    throw error;
  }
}

/** `arn:aws:elasticloadbalancing:eu-west-1:…:listener/app/web/50dc…/f2f7…` -> `eu-west-1.web.50dc….f2f7…` */
function nameOf(listener: string, account: AccountId): string {
  const { service, region, account: owner, resource } = parsed(listener);
  const [, name, balancer, id] = /^listener\/app\/([\w-]+)\/([\w-]+)\/([\w-]+)$/.exec(resource) ?? [];
  if (service !== "elasticloadbalancing" || !/^[a-z0-9-]+$/.test(region) || id === undefined)
    throw notAListener(listener);
  if (owner !== account)
    throw new EvenkeelError("OTHER_ACCOUNT", `the listener ${listener} is of account ${owner}, not of ${account}`, {
      hint: "sign in to that account",
      state: "nothing was changed",
    });
  return [region, name, balancer, id].join(".");
}

function parsed(listener: string): ReturnType<typeof parseArn> {
  try {
    return parseArn(listener);
  } catch {
    throw notAListener(listener);
  }
}

function notAListener(text: string): EvenkeelError {
  return new EvenkeelError("USAGE", `not the ARN of an Application Load Balancer's listener: ${text}`);
}

/**
 * What is to be kept of a state. What could not be read back is never written.
 * @throws EvenkeelError BUG
 */
export function checkedText(state: ShedState, writer: string): string {
  const text = shedStateText(state, writer);
  try {
    parseShedState(text);
  } catch (cause) {
    throw new EvenkeelError("BUG", `a state of shedding that makes no sense: ${(cause as Error).message}`, { cause });
  }
  return text;
}

/** @throws EvenkeelError REFUSED: taken for no state, a damaged one would be a new beginning from weights that were shed */
export function keptState(text: string, where: string, hint: string): ShedState {
  try {
    return parseShedState(text);
  } catch (cause) {
    throw damaged(where, (cause as Error).message, hint, cause);
  }
}

function damaged(where: string, why: string, hint: string, cause?: unknown): EvenkeelError {
  return new EvenkeelError("REFUSED", `the state of shedding in ${where} is damaged, or another version's: ${why}`, {
    hint: `use the version that wrote it, or ${hint}; its baseline holds the weights to go back to`,
    state: "no weight was changed",
    cause,
  });
}

/** A line of a log as it was appended. */
export function parseLine(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    return { kind: "damaged", text };
  }
}
