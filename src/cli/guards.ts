import type { GuardPolicy } from "../engine/guards.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { VerbContext } from "../verbs/context.ts";
import type { ConfigFile } from "./config-file.ts";

/** `guards` of the configuration file, as its schema lets it through. */
interface Written {
  readonly "max-steps"?: number;
  readonly "max-share"?: number;
  readonly protect?: readonly { readonly tag: string }[];
  readonly accounts?: readonly string[];
  readonly "not-accounts"?: readonly string[];
  readonly regions?: readonly string[];
  readonly "not-regions"?: readonly string[];
}

/** The limits of every plan, from the configuration file. */
export function guardsIn(file: ConfigFile | undefined): GuardPolicy {
  const written = (file?.values.guards ?? {}) as Written;
  return {
    maxSteps: written["max-steps"],
    maxShare: written["max-share"],
    protect: written.protect?.map(({ tag }) => {
      const at = tag.indexOf("=");
      return at < 0 ? { key: tag } : { key: tag.slice(0, at), value: tag.slice(at + 1) };
    }),
    accounts: written.accounts,
    notAccounts: written["not-accounts"],
    regions: written.regions,
    notRegions: written["not-regions"],
    from: file?.path,
  };
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
