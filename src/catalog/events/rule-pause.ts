import {
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
} from "@aws-sdk/client-eventbridge";
import type { Pause } from "../contract.ts";
import { cameBack } from "../pausing.ts";
import { orGone } from "../reading.ts";
import { parseRuleId } from "./rule-id.ts";

/** How the two switched-on states are told apart matters: EnableRule knows only the first. */
const WORDS: Readonly<Record<string, string>> = {
  ENABLED: "enabled",
  ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS: "enabled for all management events",
  DISABLED: "disabled",
};

export const pause: Pause = {
  async capture(scope, id) {
    const command = new DescribeRuleCommand(parseRuleId(id));
    const rule = await orGone(scope.client(EventBridgeClient).send(command));
    if (!rule) return undefined;
    const state = rule.State ?? "ENABLED";
    const words = WORDS[state] ?? state;
    return { phase: state === "DISABLED" ? "paused" : "running", saved: { state }, words };
  },

  eligible({ saved, words }, { configuration }) {
    if (configuration.ManagedBy)
      return { kind: "kept", reason: `${String(configuration.ManagedBy)} made it and alone may switch it` };
    if (saved.state === "DISABLED") return { kind: "kept", reason: "its owner has disabled it" };
    // Only PutRule could bring such a state back, by replacing the whole rule; and it guards rather than costs.
    if (saved.state !== "ENABLED")
      return { kind: "kept", reason: `it is ${words}, which enabling it again would not bring back` };
    const missed = configuration.ScheduleExpression
      ? `the runs that are due meanwhile (${String(configuration.ScheduleExpression)})`
      : "the events that match meanwhile: they are not made up for";
    return { kind: "eligible", loses: [missed], risks: [] };
  },

  async stop(scope, id) {
    await scope.writer(EventBridgeClient).send(new DisableRuleCommand(parseRuleId(id)));
  },

  async resume(scope, id, saved) {
    if (saved.state === "ENABLED") await scope.writer(EventBridgeClient).send(new EnableRuleCommand(parseRuleId(id)));
  },

  resumed: (before, now) => cameBack(before, now),
};
