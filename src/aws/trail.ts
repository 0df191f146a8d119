import { CloudTrailClient, type Event, LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import type { IsoInstant, Region } from "../model/brand.ts";
import type { Connection } from "./connection.ts";

/** Events that make something. A later Modify or Tag event of the same resource does not say who created it. */
const CREATES = /^(Create|Run|Allocate|Register|Put|Import|Copy|Request)/;

/** CloudTrail's clock and the resource's own may differ by some minutes. */
const SLACK_MS = 15 * 60_000;

/**
 * Who created a resource, as CloudTrail's event history tells (90 days, management events); undefined = it does not.
 * @throws EvenkeelError ACCESS_DENIED (cloudtrail:LookupEvents)
 */
export async function creatorOf(
  connection: Connection,
  region: Region,
  id: string,
  createdAt: IsoInstant | undefined,
): Promise<string | undefined> {
  const around = createdAt === undefined ? undefined : Date.parse(createdAt);
  const answer = await connection.client(CloudTrailClient, region, "read").send(
    new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: "ResourceName", AttributeValue: id }],
      ...(around ? { StartTime: new Date(around - SLACK_MS), EndTime: new Date(around + SLACK_MS) } : {}),
      MaxResults: 50,
    }),
  );
  const events = (answer.Events ?? []).filter((event) => CREATES.test(event.EventName ?? ""));
  const first = events.sort((a, b) => (a.EventTime?.getTime() ?? 0) - (b.EventTime?.getTime() ?? 0))[0];
  return first && callerOf(first);
}

/** The ARN of the caller, which tells a role from a user of the same name. */
function callerOf(event: Event): string | undefined {
  try {
    const record = JSON.parse(event.CloudTrailEvent ?? "{}") as { userIdentity?: { arn?: string } };
    return record.userIdentity?.arn ?? event.Username;
  } catch {
    return event.Username;
  }
}
