import type { Connection } from "../../aws/connection.ts";
import type { AccountId, Arn, Region } from "../../model/brand.ts";
import { isError } from "../../model/errors.ts";

export interface Identity {
  readonly account: AccountId;
  /** Absent = it has none, or it may not be read. */
  readonly alias?: string;
  readonly partition: string;
  readonly caller: Arn;
  readonly defaultRegion: Region;
  /** Absent = they may not be read; `regionsUnknown` says why. */
  readonly regions?: readonly Region[];
  readonly regionsUnknown?: string;
  /** Absent = AWS itself. */
  readonly endpoint?: string;
}

/** Who calls, where. What may not be read is said to be unknown. */
export async function whoami(connection: Connection): Promise<Identity> {
  const { account, partition, caller, defaultRegion, endpoint } = connection;
  const [alias, regions] = await Promise.all([connection.alias(), enabledRegions(connection)]);
  return {
    account,
    ...(alias ? { alias } : {}),
    partition,
    caller,
    defaultRegion,
    ...regions,
    ...(endpoint ? { endpoint } : {}),
  };
}

async function enabledRegions(connection: Connection): Promise<Pick<Identity, "regions" | "regionsUnknown">> {
  try {
    return { regions: await connection.enabledRegions() };
  } catch (error) {
    if (!isError(error, "ACCESS_DENIED", "UNSUPPORTED")) throw error;
    return { regionsUnknown: error.message };
  }
}
