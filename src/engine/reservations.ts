import type { Connection } from "../aws/connection.ts";
import { activeReservations, familyOf, type Reservable } from "../aws/reservations.ts";
import type { Region } from "../model/brand.ts";
import { EvenkeelError } from "../model/errors.ts";

/** A sentence on whether a reservation may pay for a type in a region; undefined = none does. */
export type Covered = (
  what: { readonly kind: Reservable; readonly type: string },
  region: Region,
) => Promise<string | undefined>;

const NAME: Readonly<Record<Reservable, string>> = { ec2: "Reserved Instance", rds: "reserved DB instance" };

/** Reads the active reservations of a region once, when they are first asked for. */
export function reservations(
  connection: Connection,
  { signal, late }: { readonly signal: AbortSignal; readonly late: () => Promise<"late"> },
): Covered {
  const read = new Map<string, Promise<readonly string[] | Error>>();
  const active = (kind: Reservable, region: Region) => {
    const key = `${kind} ${region}`;
    const known =
      read.get(key) ??
      Promise.race([activeReservations(connection, region, kind), late()]).then(
        (types) => (types === "late" ? new EvenkeelError("AWS_FAILED", "AWS gave no answer in time") : types),
        (error: unknown) => {
          signal.throwIfAborted();
          return error instanceof Error ? error : new TypeError(String(error));
        },
      );
    read.set(key, known);
    return known;
  };
  return async ({ kind, type }, region) => {
    const types = await active(kind, region);
    if (types instanceof Error) return `whether a ${NAME[kind]} covers it could not be read: ${types.message}`;
    // Reservations of a region pay for every size of their family, unless they are of a zone or of a licensed system.
    const match = types.find((each) => each === type) ?? types.find((each) => familyOf(each) === familyOf(type));
    return match && `an active ${NAME[kind]} of ${match} may cover it: pausing saves nothing of that`;
  };
}
