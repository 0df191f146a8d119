import {
  DeleteKeyPairCommand,
  DescribeKeyPairsCommand,
  EC2Client,
  type Filter,
  type KeyPairInfo,
} from "@aws-sdk/client-ec2";
import { free } from "../charges.ts";
import type { Entry, Found, ReadScope } from "../contract.ts";
import { tagsOf, without } from "../reading.ts";
import { first, idIs } from "./reading.ts";

/** DescribeKeyPairs has no pages. */
async function* describe(scope: ReadScope, filters: Filter[]): AsyncGenerator<Found> {
  const answer = await scope.client(EC2Client).send(new DescribeKeyPairsCommand({ Filters: filters }));
  for (const key of answer.KeyPairs ?? []) yield found(key);
}

function found(key: KeyPairInfo): Found {
  return {
    id: key.KeyName ?? "",
    createdAt: key.CreateTime,
    tags: tagsOf(key.Tags),
    configuration: without(key, "Tags", "KeyName", "CreateTime"),
  };
}

export default {
  list: (scope) => describe(scope, []),

  read: (scope, id) => first(describe(scope, idIs("key-name", id))),

  removal: {
    inspect: ({ configuration }) => ({ identity: { KeyPairId: (configuration as KeyPairInfo).KeyPairId ?? null } }),
    remove: (scope, { id }) => scope.writer(EC2Client).send(new DeleteKeyPairCommand({ KeyName: id })),
  },
  charges: free,
} satisfies Entry;
