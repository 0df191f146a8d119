import type { Connection } from "../../aws/connection.ts";
import { EXIT, isError } from "../../model/errors.ts";
import { age } from "../../report/humanise.ts";
import { activeSnapshot, openSnapshot } from "../../store/snapshots.ts";
import type { Action } from "../command.ts";
import type { Frame } from "../frame.ts";
import type { HOME } from "./home.command.ts";

/** The first page on a terminal: never an error, because it is where a person who is lost looks. */
export const run: Action<typeof HOME> = async (frame) => {
  const { account, lines } = await whoAndWhat(frame);
  const next = account
    ? [
        ["evenkeel snapshot create", "store what is there now"],
        ["evenkeel delta", "what changed since the baseline"],
        ["evenkeel --help", "everything else"],
      ]
    : [
        ["evenkeel doctor", "find out why"],
        ["evenkeel demo", "try it without AWS"],
        ["evenkeel --help", "everything else"],
      ];
  const facts = lines.map(([name, value]) => `${name.padEnd(10)}${value}`);
  const commands = next.map(([line = "", says = ""]) => `  ${frame.paint("accent", line.padEnd(26))}${says}`);
  await frame.output.write(`${[...facts, "", "What can be done:", ...commands].join("\n")}\n`);
  return EXIT.done;
};

interface Page {
  readonly account: string | undefined;
  readonly lines: readonly (readonly [string, string])[];
}

async function whoAndWhat(frame: Frame): Promise<Page> {
  try {
    const connection = await frame.connect();
    const alias = await connection.alias().catch(() => undefined);
    const account = alias ? `${connection.account} (${alias})` : connection.account;
    return {
      account: connection.account,
      lines: [
        ["Account", account],
        ["Caller", connection.caller],
        ["Baseline", await baseline(frame, connection)],
      ],
    };
  } catch (error) {
    if (!isError(error) || frame.signal.aborted) throw error;
    return { account: undefined, lines: [["Account", `not signed in: ${error.message}`]] };
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
