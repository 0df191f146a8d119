import {
  DeleteFunctionCommand,
  type FunctionConfiguration,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  LambdaClient,
  ListTagsCommand,
  paginateListFunctions,
} from "@aws-sdk/client-lambda";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { inParallel, orGone, parseDocument, readParts, unknownOf, without } from "../reading.ts";
import { charges } from "./function-charges.ts";
import { pause } from "./function-pause.ts";
import { targetOf } from "./target.ts";

/** The listing has neither states nor the runtime's version, which AWS moves by itself; reading one leaves them out too. */
const NOT_LISTED = [
  "State",
  "StateReason",
  "StateReasonCode",
  "LastUpdateStatus",
  "LastUpdateStatusReason",
  "LastUpdateStatusReasonCode",
  "RuntimeVersionConfig",
] as const;

async function* functions(scope: ReadScope): AsyncGenerator<FunctionConfiguration> {
  const paging = { client: scope.client(LambdaClient), pageSize: scope.pageSize(50) };
  for await (const page of paginateListFunctions(paging, {})) yield* page.Functions ?? [];
}

function settings(scope: ReadScope, FunctionName: string) {
  const client = scope.client(LambdaClient);
  return readParts({
    // Of a function without a policy and one that is gone the same is said; the other call tells the latter.
    Policy: async () => parseDocument((await orGone(client.send(new GetPolicyCommand({ FunctionName }))))?.Policy),
    ReservedConcurrentExecutions: async () =>
      (await client.send(new GetFunctionConcurrencyCommand({ FunctionName }))).ReservedConcurrentExecutions,
  });
}

type TagReading = Pick<Found, "tags" | "unknown">;

async function describe(scope: ReadScope, fn: FunctionConfiguration, tagging: Promise<TagReading>): Promise<Found> {
  const id = fn.FunctionName ?? "";
  const [{ values, unknown }, tagged] = await Promise.all([settings(scope, id), tagging]);
  return {
    id,
    arn: fn.FunctionArn,
    tags: tagged.tags,
    configuration: {
      // ConfigSha256 is an open hash over the environment variables too: good enough to guess them by.
      ...without(fn, "FunctionName", "FunctionArn", "ConfigSha256", ...NOT_LISTED),
      DeadLetterTarget: targetOf(fn.DeadLetterConfig?.TargetArn),
      ...values,
    },
    ...unknownOf(unknown, tagged.unknown),
  };
}

/** Asked of Lambda itself: what the Tagging API says may be minutes old, and a tag can protect a function. */
async function ownTags(scope: ReadScope, arn: string | undefined): Promise<TagReading> {
  const command = new ListTagsCommand({ Resource: arn });
  const { values, unknown } = await readParts({ Tags: () => scope.client(LambdaClient).send(command) });
  return { tags: values.Tags?.Tags ?? {}, unknown };
}

async function read(scope: ReadScope, FunctionName: string): Promise<Found> {
  const answer = await scope.client(LambdaClient).send(new GetFunctionConfigurationCommand({ FunctionName }));
  return describe(scope, without(answer, "$metadata"), ownTags(scope, answer.FunctionArn));
}

export default {
  list: (scope) =>
    inParallel(functions(scope), (fn) => {
      const tags = scope.tags("lambda:function").then((lookup) => lookup(fn.FunctionArn ?? ""));
      return orGone(describe(scope, fn, tags));
    }),
  read: (scope, id) => orGone(read(scope, id)),
  pause,
  removal: {
    inspect({ configuration }) {
      const { LastModified, MasterArn } = configuration as FunctionConfiguration;
      if (MasterArn) return { refuses: `it is a replica of ${MasterArn}, which Lambda@Edge removes by itself` };
      // Functions have no date of creation: one of the same name that came later has another date of its last change.
      return { identity: { LastModified: LastModified ?? null } };
    },
    remove: (scope, { id }) => scope.writer(LambdaClient).send(new DeleteFunctionCommand({ FunctionName: id })),
  },
  charges,
} satisfies Entry;
