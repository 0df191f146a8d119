import { z } from "zod";
import { parseArn } from "../model/arn.ts";
import type { AccountId, Arn, IsoInstant } from "../model/brand.ts";
import { EvenkeelError } from "../model/errors.ts";
import { readAll, type Store } from "./store.ts";

/** That AWS has begun to start a database by itself, because it was stopped for seven days. */
export interface Restart {
  readonly arn: Arn;
  readonly at: IsoInstant;
  /** When it was begun to be stopped again; absent = not yet. */
  readonly acted?: IsoInstant;
  /** When it was dealt with; absent = not yet. */
  readonly ended?: IsoInstant;
}

const SCHEMA = z.strictObject({
  arn: z.string(),
  at: z.iso.datetime(),
  acted: z.iso.datetime().optional(),
  ended: z.iso.datetime().optional(),
});

/**
 * The last one of a database; undefined = none is remembered.
 * @throws EvenkeelError REFUSED when what is kept is damaged
 */
export async function readRestart(store: Store, account: AccountId, arn: Arn): Promise<Restart | undefined> {
  const path = pathOf(account, arn);
  const content = await readAll(store, path);
  if (content === undefined) return undefined;
  try {
    const restart = SCHEMA.parse(JSON.parse(content.toString("utf8"))) as Restart;
    if (restart.arn === arn) return restart;
    throw new TypeError(`it is of ${restart.arn}`);
  } catch (cause) {
    throw new EvenkeelError("REFUSED", `${path} in ${store.url} is damaged: ${(cause as Error).message}`, {
      hint: "remove that object; the next restart of the database is noticed again",
      state: "nothing was changed",
      cause,
    });
  }
}

/** Remembers it in the place of the one before. */
export async function writeRestart(store: Store, account: AccountId, restart: Restart): Promise<void> {
  await store.write(pathOf(account, restart.arn), Buffer.from(`${JSON.stringify(restart)}\n`));
}

/** `arn:aws:rds:eu-west-1:…:db:orders` -> `…/restarts/eu-west-1.db.orders.json`. RDS's names are letters, digits and hyphens. */
function pathOf(account: AccountId, arn: Arn): string {
  const { region, resource } = parseArn(arn);
  const [, kind, id] = /^(db|cluster):([A-Za-z0-9-]+)$/.exec(resource) ?? [];
  if (kind === undefined || !/^[a-z0-9-]+$/.test(region))
    throw new EvenkeelError("USAGE", `not the ARN of a database instance or cluster: ${arn}`);
  return `accounts/${account}/restarts/${region}.${kind}.${id}.json`;
}
