import { expect, it } from "vitest";
import { parse } from "yaml";
import { renderPolicy } from "./policy.ts";

const DOCUMENT = {
  Version: "2012-10-17",
  Statement: [{ Sid: "ReadEc2", Effect: "Allow", Action: ["ec2:DescribeRegions", "ec2:DescribeVpcs"], Resource: "*" }],
};

it("is plain JSON, ready for `aws iam create-policy`", async () => {
  expect(JSON.parse(await renderPolicy([DOCUMENT], "json", "why"))).toEqual(DOCUMENT);
});

it("is a CloudFormation template with one managed policy a document, versions as texts", async () => {
  const yaml = await renderPolicy([DOCUMENT, DOCUMENT], "cloudformation", "why");

  expect(yaml).toContain('AWSTemplateFormatVersion: "2010-09-09"');
  expect(yaml).toContain('Version: "2012-10-17"');
  expect(parse(yaml)).toMatchObject({
    Resources: {
      EvenkeelRead: { Type: "AWS::IAM::ManagedPolicy", Properties: { Description: "why", PolicyDocument: DOCUMENT } },
      EvenkeelRead2: { Type: "AWS::IAM::ManagedPolicy" },
    },
    Outputs: { EvenkeelReadArn: { Value: { Ref: "EvenkeelRead" } } },
  });
});

it("is a Terraform resource, laid out as `terraform fmt` does it", async () => {
  expect(await renderPolicy([DOCUMENT], "terraform", "why ${not}")).toBe(`resource "aws_iam_policy" "evenkeel_read" {
  name        = "evenkeel-read"
  description = "why $\${not}"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "ReadEc2"
        Effect = "Allow"
        Action = [
          "ec2:DescribeRegions",
          "ec2:DescribeVpcs",
        ]
        Resource = "*"
      },
    ]
  })
}
`);
});
