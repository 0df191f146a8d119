import type { Event } from "@aws-sdk/client-cloudtrail";
import { AwsFault, type Call, page, type Stored, service } from "../service.ts";

type EventRow = Stored<Event>;

const events = (call: Call) => call.table<EventRow>("cloudtrail.event");

/** Members that name a resource: ids, names and ARNs in the input or the answer of a call. */
const NAMES = /(?:Id|Ids|Name|Arn|ARN|Identifier|QueueUrl)$/;

function namesIn(value: unknown, member = ""): string[] {
  if (typeof value === "string") return NAMES.test(member) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((each) => namesIn(each, member));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => namesIn(each, name));
}

/** Calls that make something. What is put into a bucket, stream or table is data, which the event history leaves out. */
const CREATES =
  /^(Create|Run|Allocate|Register|Put|Import|Copy|Request)(?!(Tags|Object|Records?|Events|MetricData|LogEvents|Item)$)/;

/**
 * Writes what CloudTrail would know of a call that makes something: who, when, and the resources that its input and
 * answer name.
 * @param source signing name of the service: `ec2`
 */
export function recordCreation(call: Call, source: string, input: object, output: object): void {
  if (!CREATES.test(call.operation)) return;
  const id = call.uuid();
  const names = [...new Set([...namesIn(output), ...namesIn(input)])];
  const eventSource = `${source}.amazonaws.com`;
  events(call).put(id, {
    EventId: id,
    EventName: call.operation,
    ReadOnly: "false",
    EventTime: call.now(),
    EventSource: eventSource,
    Username: call.caller.split("/").at(-1),
    Resources: names.map((ResourceName) => ({ ResourceName })),
    CloudTrailEvent: JSON.stringify({
      eventVersion: "1.11",
      userIdentity: { type: "IAMUser", arn: call.caller, accountId: call.account },
      eventTime: call.now(),
      eventSource,
      eventName: call.operation,
      awsRegion: call.region,
      eventID: id,
    }),
  });
}

function matches(event: EventRow, key: string | undefined, value: string | undefined): boolean {
  if (key === "ResourceName") return (event.Resources ?? []).some(({ ResourceName }) => ResourceName === value);
  if (key === "ResourceType") return (event.Resources ?? []).some(({ ResourceType }) => ResourceType === value);
  return event[key as "EventName"] === value;
}

const DAYS_90_MS = 90 * 24 * 3_600_000;

export const cloudtrail = service(
  { namespace: "com.amazonaws.cloudtrail", signingName: "cloudtrail" },
  () => import("@aws-sdk/client-cloudtrail"),
  {
    /** The last ninety days, newest first, by one attribute. Source: CloudTrail API reference, LookupEvents. */
    LookupEvents(input, call) {
      const wanted = input.LookupAttributes ?? [];
      if (wanted.length > 1) throw new AwsFault("InvalidLookupAttributesException", "Only one attribute may be given.");
      const from = input.StartTime ? new Date(input.StartTime).getTime() : call.millis() - DAYS_90_MS;
      const to = input.EndTime ? new Date(input.EndTime).getTime() : call.millis();
      const within = (event: EventRow) => {
        const at = new Date(event.EventTime ?? 0).getTime();
        return at >= from && at <= to;
      };
      const found = events(call)
        .all()
        .filter(
          (event) => within(event) && wanted.every((each) => matches(event, each.AttributeKey, each.AttributeValue)),
        )
        .reverse();
      const limits = { max: 50, invalid: "InvalidMaxResultsException" };
      const { items, next } = page(found, { token: input.NextToken, max: input.MaxResults }, limits);
      return { Events: items, NextToken: next };
    },
  },
);
