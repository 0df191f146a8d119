import type { CreateTriggerRequest, Trigger } from "@aws-sdk/client-glue";
import { depart, present } from "../departing.ts";
import { arrive, forget, later } from "../moving.ts";
import { AwsFault, type Call, page, type Stored, service, type Table } from "../service.ts";

interface Row {
  readonly trigger: Stored<Trigger>;
  tags: Record<string, string>;
}

const KIND = "glue.trigger";

const rows = (call: Call): Table<Row> => present<Row>(call, KIND);

const moveOf = (name: string | undefined) => `glue.trigger/${name}`;

/** How long Glue takes to switch one, which it does not promise. */
const SWITCHING_MS = 20_000;
const DELETING_MS = 10_000;

/** Source: Glue API reference, GetTriggers. */
const PAGE = { max: 200, invalid: "InvalidInputException" } as const;

const invalid = (message: string) => new AwsFault("InvalidInputException", message);

function asOfNow(row: Row, call: Call): Row["trigger"] {
  arrive(call, moveOf(row.trigger.Name), row.trigger);
  return row.trigger;
}

function triggerNamed(call: Call, name: string | undefined): Row["trigger"] {
  const row = rows(call).get(name ?? "");
  if (!row) throw new AwsFault("EntityNotFoundException", `Trigger with name ${name} not found`);
  return asOfNow(row, call);
}

function tagsOf(call: Call, arn: string | undefined): Record<string, string> {
  const row = rows(call).get(arn?.split("/").at(-1) ?? "");
  if (!row) throw new AwsFault("EntityNotFoundException", `${arn} not found`);
  return row.tags;
}

/** Source: Glue API reference, CreateTrigger. */
function refuseCreation(input: Stored<CreateTriggerRequest>, call: Call): void {
  if (rows(call).get(input.Name ?? ""))
    throw new AwsFault("AlreadyExistsException", `Trigger with name ${input.Name} already exists`);
  if (input.Type === "SCHEDULED" && !input.Schedule) throw invalid("Schedule is required for scheduled triggers");
  if (input.Type === "CONDITIONAL" && !input.Predicate) throw invalid("Predicate is required for conditional triggers");
  if (input.Type === "ON_DEMAND" && input.StartOnCreation)
    throw invalid("StartOnCreation is not supported for on-demand triggers");
}

function switchTo(call: Call, trigger: Row["trigger"], through: "ACTIVATING" | "DEACTIVATING"): void {
  trigger.State = through;
  const State = through === "ACTIVATING" ? "ACTIVATED" : "DEACTIVATED";
  later(call, moveOf(trigger.Name), SWITCHING_MS, { State });
}

export const glue = service(
  { namespace: "com.amazonaws.glue", signingName: "glue" },
  () => import("@aws-sdk/client-glue"),
  {
    CreateTrigger(input, call) {
      refuseCreation(input, call);
      const { StartOnCreation, Tags, ...settings } = input;
      const trigger: Row["trigger"] = { ...settings, State: "CREATED" };
      rows(call).put(input.Name ?? "", { trigger, tags: { ...Tags } });
      if (StartOnCreation) switchTo(call, trigger, "ACTIVATING");
      return { Name: input.Name };
    },
    GetTrigger({ Name }, call) {
      return { Trigger: triggerNamed(call, Name) };
    },
    GetTriggers({ NextToken, MaxResults }, call) {
      const { items, next } = page(rows(call).all(), { token: NextToken, max: MaxResults }, PAGE);
      return { Triggers: items.map((row) => asOfNow(row, call)), NextToken: next };
    },
    /** It replaces the whole definition. Source: Glue API reference, UpdateTrigger. */
    UpdateTrigger({ Name, TriggerUpdate = {} }, call) {
      const trigger = triggerNamed(call, Name);
      if (trigger.State !== "CREATED" && trigger.State !== "DEACTIVATED")
        throw invalid(`Trigger ${Name} is in state ${trigger.State}: deactivate it first`);
      const { Description, Schedule, Actions, Predicate, EventBatchingCondition } = TriggerUpdate;
      Object.assign(trigger, { Description, Schedule, Actions, Predicate, EventBatchingCondition });
      return { Trigger: trigger };
    },
    /** One on demand fires and stays as it is. */
    StartTrigger({ Name }, call) {
      const trigger = triggerNamed(call, Name);
      if (trigger.Type === "ON_DEMAND") return { Name };
      if (trigger.State !== "CREATED" && trigger.State !== "DEACTIVATED")
        throw invalid(`Trigger ${Name} can't be started in state ${trigger.State}`);
      switchTo(call, trigger, "ACTIVATING");
      return { Name };
    },
    StopTrigger({ Name }, call) {
      const trigger = triggerNamed(call, Name);
      if (trigger.Type === "ON_DEMAND") throw invalid("On-demand triggers can't be stopped");
      if (trigger.State !== "ACTIVATED") throw invalid(`Trigger ${Name} can't be stopped in state ${trigger.State}`);
      switchTo(call, trigger, "DEACTIVATING");
      return { Name };
    },
    /** One that is not there is no error. Source: Glue API reference, DeleteTrigger. */
    DeleteTrigger({ Name }, call) {
      const row = rows(call).get(Name ?? "");
      if (!row) return { Name };
      forget(call, moveOf(Name));
      row.trigger.State = "DELETING";
      depart(call, KIND, Name ?? "", DELETING_MS);
      return { Name };
    },
    TagResource({ ResourceArn, TagsToAdd }, call) {
      Object.assign(tagsOf(call, ResourceArn), TagsToAdd);
      return {};
    },
    GetTags({ ResourceArn }, call) {
      return { Tags: tagsOf(call, ResourceArn) };
    },
  },
);
