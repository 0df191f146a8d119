import { CloudTrailClient, type Event, paginateLookupEvents } from "@aws-sdk/client-cloudtrail";
import type { IsoInstant, Region } from "../model/brand.ts";
import type { Connection } from "./connection.ts";

/**
 * Events that make something. A later Modify, Put or Tag event of the same resource does not say who created it; the Puts
 * that stand here make what was not there.
 */
const CREATES =
  /^(Create(?!Tags$|Grant$)|Run|Allocate|Register|Import|Copy|Request|Put(MetricAlarm|CompositeAlarm|Rule)$)/;

/** CloudTrail's clock and the resource's own may differ by some minutes. */
const SLACK_MS = 15 * 60_000;

/** AWS's greatest page. */
const PAGE = 50;
/** Events come newest first, two pages a second: a resource with more of them than this keeps its creator to itself. */
const MOST_PAGES = 10;

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
  const paging = { client: connection.client(CloudTrailClient, region, "read"), pageSize: PAGE };
  const pages = paginateLookupEvents(paging, {
    LookupAttributes: [{ AttributeKey: "ResourceName", AttributeValue: id }],
    ...(around ? { StartTime: new Date(around - SLACK_MS), EndTime: new Date(around + SLACK_MS) } : {}),
  });
  const events: Event[] = [];
  let read = 0;
  for await (const page of pages) {
    events.push(...(page.Events ?? []).filter((event) => CREATES.test(event.EventName ?? "")));
    // The oldest event is the one that counts: without it the others prove nothing.
    if (++read === MOST_PAGES && page.NextToken) return undefined;
  }
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
