import type { Call, TwinService } from "../../../src/twin/service.ts";
import { SERVICES } from "../../../src/twin/services/index.ts";

/** Sees calls at the instant at which the twin carries them out, also those whose answer gets lost. */
export interface Hooks {
  before?: (operation: string, input: object, call: Call) => void;
  after?: (operation: string, input: object, call: Call) => void;
}

const WATCHED = ["elasticloadbalancing", "dynamodb", "sns"];

export function watchedServices(hooks: Hooks): readonly TwinService[] {
  return SERVICES.map((service) => {
    if (!WATCHED.includes(service.signingName)) return service;
    const operations = Object.entries(service.operations).map(([name, behave]) => [
      name,
      (input: never, call: Call) => {
        hooks.before?.(name, input, call);
        const output = behave(input, call);
        hooks.after?.(name, input, call);
        return output;
      },
    ]);
    return { ...service, operations: Object.fromEntries(operations) as TwinService["operations"] };
  });
}
