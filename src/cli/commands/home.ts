import type { Connection } from "../../aws/connection.ts";
import { EXIT, type ExitCode, isError } from "../../model/errors.ts";
import { age, countOf } from "../../report/humanise.ts";
import { activeSnapshot, openSnapshot } from "../../store/snapshots.ts";
import { knownRecords } from "../../verbs/records/known.ts";
import type { Action, Given } from "../command.ts";
import type { Frame } from "../frame.ts";
import type { BRAKE } from "./brake.command.ts";
import type { HOME } from "./home.command.ts";

/** The first page on a terminal: never an error, because it is where a person who is lost looks. */
export const run: Action<typeof HOME> = async (frame) => {
  const { account, lines, paused } = await whoAndWhat(frame);
  const facts = lines.map(([name, value]) => `${name.padEnd(10)}${value}`);
  await frame.output.write(`${facts.join("\n")}\n`);
  const ways = account ? waysOn(paused) : LOST;
  if (account && frame.asks) return choose(frame, ways);
  const commands = ways.map(({ line, says }) => `  ${frame.paint("accent", line.padEnd(26))}${says}`);
  await frame.output.write(`${["", "What can be done:", ...commands].join("\n")}\n`);
  return EXIT.done;
};

/** Something that can be done from here; without a way to do it at once it is only named. */
interface Way {
  readonly line: string;
  readonly says: string;
  readonly go?: (frame: Frame) => Promise<ExitCode>;
}

const REST: Way = { line: "evenkeel --help", says: "everything else" };

const LOST: readonly Way[] = [
  { line: "evenkeel setup", says: "find out what is missing" },
  { line: "evenkeel doctor", says: "find out why" },
  { line: "evenkeel demo", says: "try it without AWS" },
  REST,
];

/** @param paused resources that armed records hold */
function waysOn(paused: number): Way[] {
  const brake = (options: Given<(typeof BRAKE)["options"]>) => async (frame: Frame) =>
    (await import("./brake.ts")).run(frame, options);
  const back: Way[] = [
    { line: "evenkeel brake --resume", says: "put back what is paused", go: brake({ resume: true }) },
    { line: "evenkeel brake --status", says: "what is paused, and how it is now", go: brake({ status: true }) },
  ];
  return [
    ...(paused > 0 ? back : [{ line: "evenkeel brake", says: "pause what costs money", go: brake({}) }]),
    {
      line: "evenkeel snapshot create",
      says: "store what is there now",
      go: async (frame) => (await import("./snapshot-create.ts")).run(frame, {}, undefined),
    },
    {
      line: "evenkeel delta",
      says: "what changed since the baseline",
      go: async (frame) => (await import("./delta.ts")).run(frame, {}),
    },
    REST,
  ];
}

async function choose(frame: Frame, ways: readonly Way[]): Promise<ExitCode> {
  const options = ways.map(({ line, says }) => ({ value: line, label: `${line.padEnd(26)}${says}` }));
  const answer = await frame.host.ask({ kind: "choice", text: "What is to be done?", options, default: "" });
  const way = ways.find(({ line }) => line === answer);
  if (way?.go) return way.go(frame);
  if (way) await frame.output.write("`evenkeel --help` lists every command.\n");
  return EXIT.done;
}

interface Page {
  readonly account: string | undefined;
  readonly lines: readonly (readonly [string, string])[];
  /** Resources that armed records hold. */
  readonly paused: number;
}

async function whoAndWhat(frame: Frame): Promise<Page> {
  try {
    const connection = await frame.connect();
    const alias = await connection.alias().catch(() => undefined);
    const { paused, says } = await pausedNow(frame, connection);
    const account = alias ? `${connection.account} (${alias})` : connection.account;
    return {
      account: connection.account,
      lines: [
        ["Account", account],
        ["Caller", connection.caller],
        ["Baseline", await baseline(frame, connection)],
        ["Paused", says],
      ],
      paused,
    };
  } catch (error) {
    if (!isError(error) || frame.signal.aborted) throw error;
    return { account: undefined, lines: [["Account", `not signed in: ${error.message}`]], paused: 0 };
  }
}

async function baseline(frame: Frame, { account }: Connection): Promise<string> {
  try {
    const store = await frame.store();
    const name = await activeSnapshot(store, account);
    if (name === undefined) return "none yet";
    const { header } = await openSnapshot(store, account, name);
    return `${name}, ${age(header.startedAt, frame.clock.now())}`;
  } catch (error) {
    if (!isError(error)) throw error;
    return `can't be read: ${error.message}`;
  }
}

async function pausedNow(
  frame: Frame,
  { account }: Connection,
): Promise<{ readonly paused: number; readonly says: string }> {
  try {
    const armed = (await knownRecords({ store: await frame.store(), clock: frame.clock }, account)).filter(
      (each) => each.armed,
    );
    const records = armed.flatMap(({ record }) => record ?? []);
    const paused = records.reduce((total, { plan }) => total + plan.steps.length, 0);
    const [newest] = records.reverse();
    if (!newest) return { paused: armed.length, says: armed.length > 0 ? "a record is damaged" : "nothing" };
    return { paused, says: `${countOf(paused, "resource")}, ${age(newest.createdAt, frame.clock.now())}` };
  } catch (error) {
    if (!isError(error)) throw error;
    return { paused: 0, says: `can't be read: ${error.message}` };
  }
}
