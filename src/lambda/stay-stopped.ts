import { z } from "zod";
import { isArn, parseArn } from "../model/arn.ts";
import { type Arn, instant } from "../model/brand.ts";
import { EvenkeelError } from "../model/errors.ts";
import { type Happening, type Stayed, stayStopped } from "../verbs/stay-stopped/stay-stopped.ts";
import type { Answer, StoreContext } from "./door.ts";
import { inTime, isDryRun, pausingContext } from "./pausing-context.ts";

/* Source: RDS user guide, "Creating a rule that triggers on an Amazon RDS event". What else it holds is of no use here. */
const rdsEvent = z.looseObject({
  source: z.literal("aws.rds"),
  "detail-type": z.enum(["RDS DB Instance Event", "RDS DB Cluster Event"]),
  account: z.string(),
  region: z.string(),
  detail: z.looseObject({
    EventID: z.string(),
    SourceArn: z.string().refine(isArn, "must be an ARN"),
    Date: z.string(),
  }),
});
type RdsEvent = z.infer<typeof rdsEvent>;

/** Of instances and clusters. Source: RDS and Aurora user guides, "Amazon RDS event categories and event messages". */
const MEANINGS: Readonly<Record<RdsEvent["detail-type"], Readonly<Record<string, Happening["kind"]>>>> = {
  "RDS DB Instance Event": { "RDS-EVENT-0154": "restarting", "RDS-EVENT-0088": "started" },
  "RDS DB Cluster Event": { "RDS-EVENT-0153": "restarting", "RDS-EVENT-0151": "started" },
};

/**
 * Stops again a database that AWS has started although an armed pause record says that it is paused; with DRY_RUN anything
 * but exactly `false` it only tells that it would. Any other event is refused.
 * @throws what reading and stopping throw: the event is to come again
 */
export async function onDatabase(event: unknown, opened: StoreContext): Promise<Answer> {
  const context = pausingContext(opened);
  const { host } = context;
  const happening = happeningIn(event, context);
  if (typeof happening === "string") {
    host.tell({ kind: "warning", text: `the event was refused: ${happening}` });
    return { statusCode: 403, body: happening };
  }
  const end = await inTime(context, "stop", stayStopped(context, happening, { dryRun: isDryRun(context) }));
  const body = saidOf(happening.arn, end);
  host.tell({ kind: "info", text: body });
  if (end.kind !== "nothing") await tell(context, happening.arn, end, body);
  return { statusCode: 200, body };
}

/** A text says why it is refused. */
function happeningIn(event: unknown, { connection }: StoreContext): Happening | string {
  const parsed = rdsEvent.safeParse(event);
  if (!parsed.success) return `it is none of a database: ${z.prettifyError(parsed.error)}`;
  const { account, region, detail, "detail-type": type } = parsed.data;
  const arn = detail.SourceArn as Arn;
  const meanings = MEANINGS[type];
  const kind = Object.hasOwn(meanings, detail.EventID) ? meanings[detail.EventID] : undefined;
  if (!kind) return `${detail.EventID} of a ${type} tells nothing of a start`;
  const place = parseArn(arn);
  const { partition } = connection;
  if (account !== connection.account || place.account !== account || place.partition !== partition)
    return `${arn} is not of account ${connection.account} in ${partition}`;
  if (place.service !== "rds" || place.region !== region) return `${arn} is no database in ${region}`;
  const shape = type === "RDS DB Instance Event" ? /^db:[A-Za-z0-9-]+$/ : /^cluster:[A-Za-z0-9-]+$/;
  if (!shape.test(place.resource)) return `${arn} is not what a ${type} is of`;
  if (Number.isNaN(Date.parse(detail.Date))) return `its date makes no sense: ${detail.Date}`;
  return { kind, arn, at: instant(detail.Date) };
}

/** @throws EvenkeelError AWS_FAILED for what was to be stopped and was not: to be tried again */
function saidOf(arn: Arn, end: Stayed): string {
  switch (end.kind) {
    case "nothing":
      return `nothing was done: ${end.why}`;
    case "left":
      return `${arn} runs although record ${end.record} says that it is paused, and is left so: ${end.why}`;
    case "planned":
      return `${arn} would be stopped again, as record ${end.record} says that it is paused (dry run)`;
    case "applied": {
      const [outcome] = [...end.outcomes.values()];
      const because = `as record ${end.record} says that it is paused`;
      if (outcome?.kind === "applied" && outcome.reason)
        return `${arn} is being stopped again, ${because}: ${outcome.reason}`;
      if (outcome?.kind === "applied" || outcome?.kind === "unchanged") return `${arn} was stopped again, ${because}`;
      const why = outcome ? `${outcome.kind}: ${outcome.reason}` : "the time was over before it was begun";
      throw new EvenkeelError("AWS_FAILED", `${arn} runs, and could not be stopped again: ${why}`, {
        hint: `stop it by hand, or put it back with \`evenkeel resume --record ${end.record}\``,
        state: `record ${end.record} stays armed`,
      });
    }
  }
}

async function tell({ notify }: StoreContext, arn: Arn, end: Exclude<Stayed, { kind: "nothing" }>, text: string) {
  const { resource } = parseArn(arn);
  const did = { left: "left running", planned: "would stop again", applied: "stops again" }[end.kind];
  const resume = `To put back what is paused: evenkeel resume --record ${end.record}.`;
  await notify({
    subject: `Evenkeel ${did}: ${resource}`,
    text: `${text}.\n\n${resume}`,
    attributes: { event: "stay-stopped", did: end.kind, database: arn, record: end.record },
    whole: `evenkeel records`,
  });
}
