import { CreateQueueCommand, DeleteQueueCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { contractSuite } from "../../../tests/contract/suite.ts";

const NAMES = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `orders-${letter}`);
const urlOf = (name: string) => `https://sqs.eu-west-1.amazonaws.com/111111111111/${name}`;

contractSuite("AWS::SQS::Queue", {
  seed: async ({ send }) => {
    for (const QueueName of NAMES)
      await send(SQSClient, new CreateQueueCommand({ QueueName, tags: { team: "orders" } }));
    return NAMES;
  },
  remove: ({ send }, name) => send(SQSClient, new DeleteQueueCommand({ QueueUrl: urlOf(name) })),
  change: ({ send }, name) =>
    send(SQSClient, new SetQueueAttributesCommand({ QueueUrl: urlOf(name), Attributes: { VisibilityTimeout: "90" } })),
});
