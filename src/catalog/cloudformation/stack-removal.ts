import {
  CloudFormationClient,
  DeleteStackCommand,
  paginateListImports,
  type Stack,
  UpdateTerminationProtectionCommand,
} from "@aws-sdk/client-cloudformation";
import { EvenkeelError, isError } from "../../model/errors.ts";
import type { Found, ReadScope, Removal } from "../contract.ts";
import { collect } from "../reading.ts";

const settings = ({ configuration }: Found) => configuration as Stack;

/** Of an export that nobody imports CloudFormation says that it is not imported by any stack, as an error. */
async function importersOf(scope: ReadScope, ExportName: string): Promise<string[]> {
  try {
    const pages = paginateListImports({ client: scope.client(CloudFormationClient) }, { ExportName });
    return await collect(pages, ({ Imports }) => Imports);
  } catch (error) {
    if (isError(error) && /not imported by any stack/.test(error.message)) return [];
    throw error;
  }
}

/**
 * CloudFormation accepts the deletion of a stack whose exports are in use, and then only puts the stack back into the
 * state it was in. What is asked before waits for those that import from it, which may be leaving.
 */
async function refuseImported(scope: ReadScope, found: Found): Promise<void> {
  for (const { ExportName } of settings(found).Outputs ?? []) {
    const importers = ExportName ? await importersOf(scope, ExportName) : [];
    if (importers.length > 0)
      throw new EvenkeelError(
        "AWS_REFUSED",
        `stack ${found.id}: ${importers.join(", ")} imports ${ExportName} from it`,
        {
          isHeld: true,
        },
      );
  }
}

/** An operation that has to end before a stack can be deleted; its making may be cut off by its deletion. */
const BUSY = /^(UPDATE|IMPORT|ROLLBACK)_.*IN_PROGRESS$/;

export const removal: Removal = {
  inspect(found) {
    const { StackStatusReason: reason, EnableTerminationProtection } = settings(found);
    const { state = "in an unknown state", arn } = found;
    if (state === "DELETE_IN_PROGRESS") return { leaving: true, words: state };
    if (BUSY.test(state)) return { refuses: `it is ${state}: a stack that is being changed can't be deleted` };
    return {
      words: reason && state.endsWith("_FAILED") ? `${state}: ${reason}` : state,
      // Its name may be another stack's by now.
      identity: { StackId: arn ?? null },
      ...(EnableTerminationProtection ? { guardedBy: "termination protection" } : {}),
    };
  },
  prepare(scope, { arn: StackName }) {
    const asked = { StackName, EnableTerminationProtection: false };
    return scope.writer(CloudFormationClient).send(new UpdateTerminationProtectionCommand(asked));
  },
  async remove(scope, found) {
    await refuseImported(scope, found);
    // By its ARN, and never by a name that another stack may have.
    await scope.writer(CloudFormationClient).send(new DeleteStackCommand({ StackName: found.arn }));
  },
};
