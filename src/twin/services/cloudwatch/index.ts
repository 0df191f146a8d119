import { AwsFault, type Call, page, service, tagList, tagMap } from "../../service.ts";
import { type AlarmRow, alarms, transit } from "./alarms.ts";
import { getMetricData } from "./metrics.ts";

function atArn(call: Call, arn: string | undefined): AlarmRow {
  const row = alarms(call).get((arn ?? "").split(":").slice(6).join(":"));
  if (!row) throw new AwsFault("ResourceNotFoundException", "Unknown", 404);
  return row;
}

/** A put replaces the whole alarm; its state and tags stay. Source: CloudWatch API reference, PutMetricAlarm. */
function put(
  call: Call,
  kind: AlarmRow["kind"],
  input: { readonly AlarmName?: string | undefined; readonly Tags?: unknown },
): void {
  const { Tags, ...members } = input;
  const name = input.AlarmName ?? "";
  const known = alarms(call).get(name);
  const now = call.now();
  const state = known?.alarm ?? {
    StateValue: "INSUFFICIENT_DATA",
    StateReason: "Unchecked: Initial alarm creation",
    StateReasonData: undefined,
    StateUpdatedTimestamp: now,
    StateTransitionedTimestamp: now,
  };
  alarms(call).put(name, {
    kind,
    alarm: {
      ...NO_ACTIONS,
      ...(kind === "MetricAlarm" ? { Dimensions: [] } : {}),
      ...members,
      AlarmArn: call.arn("cloudwatch", `alarm:${name}`),
      AlarmConfigurationUpdatedTimestamp: now,
      StateValue: state.StateValue,
      StateReason: state.StateReason,
      StateReasonData: state.StateReasonData,
      StateUpdatedTimestamp: state.StateUpdatedTimestamp,
      StateTransitionedTimestamp: state.StateTransitionedTimestamp,
    } as AlarmRow["alarm"],
    tags: known?.tags ?? tagMap(Tags as { Key?: string; Value?: string }[] | undefined),
  });
}

/** Composite alarms that are made of this one. */
function parentsOf(call: Call, name: string): string[] {
  const named = new RegExp(`[(:"']\\s*${name.replace(/[^\w]/g, "\\$&")}\\s*["')]`);
  return alarms(call)
    .all()
    .flatMap(({ alarm }) => ("AlarmRule" in alarm && named.test(alarm.AlarmRule ?? "") ? (alarm.AlarmName ?? "") : []));
}

const NO_ACTIONS = { ActionsEnabled: true, OKActions: [], AlarmActions: [], InsufficientDataActions: [] };

/** Names that are not there are passed over. At most a hundred. Source: API reference, DisableAlarmActions. */
function switchActions(call: Call, names: readonly string[] | undefined, on: boolean): void {
  if ((names ?? []).length > 100) throw new AwsFault("ValidationError", "AlarmNames can have at most 100 members.");
  for (const name of names ?? []) {
    const row = alarms(call).get(name);
    if (row) Object.assign(row.alarm, { ActionsEnabled: on, AlarmConfigurationUpdatedTimestamp: call.now() });
  }
}

export const cloudwatch = service(
  { namespace: "com.amazonaws.cloudwatch", signingName: "monitoring" },
  () => import("@aws-sdk/client-cloudwatch"),
  {
    PutMetricAlarm(input, call) {
      put(call, "MetricAlarm", input);
    },
    PutCompositeAlarm(input, call) {
      put(call, "CompositeAlarm", input);
    },
    /** Metric alarms only, unless AlarmTypes says otherwise. */
    DescribeAlarms(input, call) {
      const kinds: readonly string[] = input.AlarmTypes ?? ["MetricAlarm"];
      const found = alarms(call)
        .all()
        .filter(
          ({ kind, alarm }) => kinds.includes(kind) && (input.AlarmNames?.includes(alarm.AlarmName ?? "") ?? true),
        )
        .filter(({ alarm }) => (alarm.AlarmName ?? "").startsWith(input.AlarmNamePrefix ?? ""))
        .filter(({ alarm }) => !input.StateValue || alarm.StateValue === input.StateValue)
        .filter(
          ({ alarm }) =>
            alarm.AlarmActions?.some((arn) => arn.startsWith(input.ActionPrefix ?? "")) || !input.ActionPrefix,
        );
      const { items, next } = page(found, { token: input.NextToken, max: input.MaxRecords ?? 50 }, { max: 100 });
      const of = (wanted: AlarmRow["kind"]) => items.filter(({ kind }) => kind === wanted).map(({ alarm }) => alarm);
      return { MetricAlarms: of("MetricAlarm"), CompositeAlarms: of("CompositeAlarm"), NextToken: next };
    },
    /** Up to a hundred a call, and one composite alarm among them. Source: API reference, DeleteAlarms. */
    DeleteAlarms(input, call) {
      const names = (input.AlarmNames ?? []) as string[];
      const missing = names.find((name) => !alarms(call).get(name));
      if (missing) throw new AwsFault("ResourceNotFound", `Alarm ${missing} does not exist.`, 404);
      if (names.filter((name) => alarms(call).get(name)?.kind === "CompositeAlarm").length > 1)
        throw new AwsFault("ValidationError", "Only one composite alarm can be deleted in one operation.");
      const kept = names.find((name) => parentsOf(call, name).some((parent) => !names.includes(parent)));
      if (kept)
        throw new AwsFault(
          "ValidationError",
          `Cannot delete ${kept} as there are composite alarm(s) depending on it. (Composite alarms: [${parentsOf(call, kept)}])`,
        );
      for (const name of names) alarms(call).delete(name);
    },
    GetMetricData: getMetricData,
    EnableAlarmActions(input, call) {
      switchActions(call, input.AlarmNames, true);
    },
    DisableAlarmActions(input, call) {
      switchActions(call, input.AlarmNames, false);
    },
    SetAlarmState(input, call) {
      const row = alarms(call).get(input.AlarmName ?? "");
      if (!row) throw new AwsFault("ResourceNotFound", "Alarm does not exist.", 404);
      const { StateValue: value = "OK", StateReason: reason = "", StateReasonData: reasonData } = input;
      transit(call, row, { value, reason, reasonData });
    },
    TagResource(input, call) {
      Object.assign(atArn(call, input.ResourceARN).tags, tagMap(input.Tags));
    },
    UntagResource(input, call) {
      const { tags } = atArn(call, input.ResourceARN);
      for (const key of input.TagKeys ?? []) delete tags[key];
    },
    ListTagsForResource(input, call) {
      return { Tags: tagList(atArn(call, input.ResourceARN).tags) };
    },
  },
);
