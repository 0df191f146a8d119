import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { Code } from "aws-cdk-lib/aws-lambda";
import type { LoadShedderProps } from "../../src/cdk/load-shedder.ts";

const BALANCING = "arn:aws:elasticloadbalancing:eu-west-1:123456789012";
export const LISTENER = `${BALANCING}:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2`;
export const GROUP = `${BALANCING}:targetgroup/web/73e2d6bc24d8a067`;

/** Bundles take a build; what is in them is nobody's concern here. */
export const code = () => Code.fromInline("exports.handler = () => undefined");

export const shedding = (more: Partial<LoadShedderProps> = {}): LoadShedderProps => ({
  code,
  listener: LISTENER,
  primary: GROUP,
  ...more,
});

/** A resource as CloudFormation has it. */
export interface Made {
  readonly Type: string;
  readonly Condition?: string;
  // biome-ignore lint/suspicious/noExplicitAny: the properties are those of any resource of AWS
  readonly Properties: any;
}

export interface Synthesised {
  readonly template: Template;
  readonly stack: Stack;
  /** All resources, or those of a type. */
  of(type?: string): Made[];
  /** The environment of the functions, one after the other. */
  environments(): Record<string, unknown>[];
}

/** A stack with what `fill` puts into it, synthesised. */
export function synthesised(fill: (stack: Stack) => unknown, app = new App(), name = "Stack"): Synthesised {
  const stack = new Stack(app, name);
  fill(stack);
  const template = Template.fromStack(stack);
  const resources = Object.values(template.toJSON().Resources as Record<string, Made>);
  const of = (type?: string) => resources.filter(({ Type }) => type === undefined || Type === type);
  const functions = () => of("AWS::Lambda::Function").filter(({ Properties }) => Properties.Environment);
  return {
    template,
    stack,
    of,
    environments: () => functions().map(({ Properties }) => Properties.Environment.Variables),
  };
}
