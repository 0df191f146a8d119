import { sendStep } from "../aws/step-queue.ts";
import { parseArn } from "../model/arn.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { ShedLedger } from "../store/shed-ledger.ts";
import { refuseOtherAccount, type ShedContext } from "../verbs/shed/context.ts";
import { regionOf } from "../verbs/shed/read.ts";
import { parseShedEnv, type ShedSetup } from "../verbs/shed/settings.ts";
import { tableLedger } from "../verbs/shed/table-ledger.ts";
import { light } from "./context-light.ts";
import type { DoorContext } from "./door.ts";
import type { Opener, Start } from "./handle.ts";

type ShedDoor = DoorContext & ShedContext;

/** For the functions that shed, which keep how things stand in a table, and are brought about by a queue. */
export const shedding: Opener<ShedDoor> = {
  connect: light.connect,
  async open(start) {
    // Before signing in: what is malformed costs no call.
    const setup = setupIn(start);
    return shedDoor(await light.open(start), setup, start.invocation.awsRequestId);
  },
};

/** @throws EvenkeelError USAGE, a line for each variable that is missing or makes no sense */
export function setupIn({ env }: Pick<Start, "env">): ShedSetup & { readonly queue: string } {
  const setup = parseShedEnv(env);
  const { ledger, queue } = setup;
  const problems = [
    ...(ledger.startsWith("dynamodb:") ? [] : ["SHED_STATE is not a table, and a function's own disk is gone with it"]),
    ...(queue === undefined ? ["SHED_QUEUE_URL is missing: nothing would ever give the load back"] : []),
  ];
  if (queue !== undefined && problems.length === 0) return { ...setup, queue };
  throw new EvenkeelError("USAGE", problems.join("\n"), {
    hint: "for example SHED_STATE=dynamodb:evenkeel-shed and SHED_QUEUE_URL=https://sqs.eu-west-1.amazonaws.com/123456789012/steps",
    state: "nothing was called",
  });
}

/**
 * What steps work with.
 * @param owner of the lease; a request's id, so that the log tells who it was
 * @throws EvenkeelError OTHER_ACCOUNT
 */
export function shedDoor(door: DoorContext, setup: ReturnType<typeof setupIn>, owner: string): ShedDoor {
  const { connection } = door;
  const { settings, queue } = setup;
  refuseOtherAccount({ settings, connection });
  return {
    ...door,
    settings,
    ledger: measured(door, tableLedger(connection, setup.ledger, regionOf(settings.listener))),
    owner,
    schedule: (message, seconds) => sendStep(connection, queue, message, seconds),
    tell: teller(door, setup),
  };
}

/** What a step has come to is measured when it is kept; while its lease lasts it is still at work. */
function measured({ meter }: DoorContext, ledger: ShedLedger): ShedLedger {
  return {
    ...ledger,
    async write(state) {
      const isKept = await ledger.write(state);
      if (isKept && !state.lease) {
        meter.measure("ShedLevel", state.degree.level);
        for (const { rule, weights } of state.written)
          meter.measure("PrimaryWeight", weights[state.primary] ?? 0, { rule });
      }
      return isKept;
    },
  };
}

function teller({ notify, host }: DoorContext, { settings }: ShedSetup): ShedContext["tell"] {
  const { listener } = settings;
  return async (text) => {
    host.tell({ kind: "warning", text });
    await notify({
      subject: `Load shedding of ${parseArn(listener).resource.split("/")[2]}`,
      text: `${text}\n\nListener: ${listener}`,
      attributes: { event: "shed", listener },
      whole: "evenkeel shed status",
    });
  };
}
