import type { GuardPolicy } from "../engine/guards.ts";
import type { ProtectRule } from "../engine/protect-rules.ts";
import { parseTypes } from "../engine/selection.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { VerbContext } from "../verbs/context.ts";
import { parseAge } from "../verbs/reap/own-policy.ts";
import type { ConfigFile } from "./config-file.ts";

/** `guards` of the configuration file, as its schema lets it through. */
interface Written {
  readonly "max-steps"?: number;
  readonly "max-share"?: number;
  readonly "max-removals"?: number;
  readonly protect?: readonly WrittenRule[];
  readonly "protected-accounts"?: readonly string[];
  readonly accounts?: readonly string[];
  readonly "not-accounts"?: readonly string[];
  readonly regions?: readonly string[];
  readonly "not-regions"?: readonly string[];
}

type WrittenRule =
  | { readonly tag: string }
  | { readonly id: string }
  | { readonly type: string }
  | { readonly "younger-than": string };

/** The limits of every plan, from the configuration file. */
export function guardsIn(file: ConfigFile | undefined): GuardPolicy {
  const written = (file?.values.guards ?? {}) as Written;
  return {
    maxSteps: written["max-steps"],
    maxShare: written["max-share"],
    maxRemovals: written["max-removals"],
    protect: written.protect?.map(ruleOf),
    protectedAccounts: written["protected-accounts"],
    accounts: written.accounts,
    notAccounts: written["not-accounts"],
    regions: written.regions,
    notRegions: written["not-regions"],
    from: file?.path,
  };
}

function ruleOf(written: WrittenRule): ProtectRule {
  if ("id" in written) return { id: written.id };
  if ("type" in written) return { types: parseTypes([written.type]), called: written.type };
  if ("younger-than" in written) {
    const called = written["younger-than"];
    return { youngerThanMs: parseAge(called), called };
  }
  const [key = "", ...value] = written.tag.split("=");
  return value.length === 0 ? { key } : { key, value: value.join("=") };
}

/** @throws EvenkeelError USAGE: nothing has been called then */
export function parseMaxSteps(maxSteps: number | undefined): number | undefined {
  if (maxSteps === undefined || (Number.isInteger(maxSteps) && maxSteps >= 1)) return maxSteps;
  throw new EvenkeelError("USAGE", `--max-steps can't be ${maxSteps}: it is a whole number from 1`, {
    hint: "for example --max-steps 50",
  });
}

/** What was typed counts before what is written down. */
export function withMaxSteps(context: VerbContext, maxSteps: number | undefined): VerbContext {
  return maxSteps === undefined ? context : { ...context, guards: { ...context.guards, maxSteps } };
}
