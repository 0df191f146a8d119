import { AwsFault, type Call, type TwinService, tagMap } from "../../service.ts";
import { sqs } from "../sqs/index.ts";
import type { Row, Template } from "./stacks.ts";

/** How parts of a type come and go with their stack. */
interface Provisioner {
  /** @param named what the part is called and tagged with unless its properties say otherwise; returns its physical id */
  readonly make: (call: Call, properties: Readonly<Record<string, unknown>>, named: Named) => string;
  readonly remove: (call: Call, physicalId: string) => void;
}

interface Named {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
}

function run(service: TwinService, operation: string, input: object, call: Call): object {
  return service.operations[operation]?.(input as never, call) ?? {};
}

/** Types that a stack really makes, by the behaviours of their own service; of every other part only its row stands. */
const PROVISIONERS: Readonly<Record<string, Provisioner>> = {
  "AWS::SQS::Queue": {
    make(call, properties, { name, tags }) {
      const { QueueName = name, Tags = [], ...settings } = properties;
      const Attributes = Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, String(value)]));
      const input = { QueueName, Attributes, tags: { ...tags, ...tagMap(Tags as { Key: string; Value: string }[]) } };
      return (run(sqs, "CreateQueue", input, call) as { readonly QueueUrl: string }).QueueUrl;
    },
    remove: (call, QueueUrl) => void run(sqs, "DeleteQueue", { QueueUrl }, call),
  },
};

/** Makes the parts of a new stack, with its tags and CloudFormation's own. Source: CloudFormation user guide, "Resource tag". */
export function makeParts(call: Call, { stack, resources }: Row, template: Template): void {
  for (const part of resources) {
    const { LogicalResourceId = "", PhysicalResourceId: name = "", ResourceType = "" } = part;
    const tags = {
      ...tagMap(stack.Tags),
      "aws:cloudformation:stack-name": stack.StackName ?? "",
      "aws:cloudformation:stack-id": stack.StackId ?? "",
      "aws:cloudformation:logical-id": LogicalResourceId,
    };
    const properties = template.Resources?.[LogicalResourceId]?.Properties ?? {};
    part.PhysicalResourceId = PROVISIONERS[ResourceType]?.make(call, properties, { name, tags }) ?? name;
  }
}

/** Removes what {@link makeParts} made; a part that somebody else removed before is no hindrance. */
export function removeParts(call: Call, { resources }: Row): void {
  for (const { ResourceType = "", PhysicalResourceId = "" } of resources) {
    try {
      PROVISIONERS[ResourceType]?.remove(call, PhysicalResourceId);
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
    }
  }
}
