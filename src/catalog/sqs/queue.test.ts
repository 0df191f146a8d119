import { CreateQueueCommand, DeleteQueueCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, it } from "vitest";
import { removalSuite } from "../../../tests/contract/removal-suite.ts";
import { contractSuite } from "../../../tests/contract/suite.ts";
import entry from "./queue.ts";

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

removalSuite("AWS::SQS::Queue", {
  seed: async ({ send }) => {
    for (const QueueName of ["orders", "orders-2"]) await send(SQSClient, new CreateQueueCommand({ QueueName }));
    return "orders";
  },
  refused: [
    {
      seed: async ({ send }) => {
        const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:eu-west-1:111111111111:dead` });
        await send(SQSClient, new CreateQueueCommand({ QueueName: "dead" }));
        await send(SQSClient, new CreateQueueCommand({ QueueName: "orders", Attributes: { RedrivePolicy } }));
        return "dead";
      },
      because: /SQS Queue orders uses it/,
    },
  ],
});

it("says how many messages would be lost", () => {
  const attributes = { ApproximateNumberOfMessages: "3", ApproximateNumberOfMessagesNotVisible: "2" };
  const found = { id: "orders", tags: {}, configuration: { QueueUrl: "", Attributes: attributes } };

  expect(entry.removal.inspect(found)).toMatchObject({ loses: ["about 5 messages"] });
});
