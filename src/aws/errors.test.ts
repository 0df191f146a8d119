import { describe, expect, it } from "vitest";
import { iamAction } from "./actions.ts";
import { translate } from "./errors.ts";

const CALL = { service: "ec2", operation: "DescribeInstances" };

function codeOf(name: string, status = 400): string {
  const error = Object.assign(new Error("words"), { name, $metadata: { httpStatusCode: status, requestId: "r-1" } });
  return translate(error, CALL, "eu-west-1").code;
}

describe("the error table", () => {
  it.each([
    ["RequestLimitExceeded", "THROTTLED"],
    ["ThrottlingException", "THROTTLED"],
    ["Throttling", "THROTTLED"],
    ["TooManyRequestsException", "THROTTLED"],
    ["SlowDown", "THROTTLED"],
    ["UnauthorizedOperation", "ACCESS_DENIED"],
    ["AccessDeniedException", "ACCESS_DENIED"],
    ["AuthorizationError", "ACCESS_DENIED"],
    ["ExpiredTokenException", "EXPIRED_CREDENTIALS"],
    ["RequestExpired", "EXPIRED_CREDENTIALS"],
    ["UnrecognizedClientException", "NO_CREDENTIALS"],
    ["AuthFailure", "NO_CREDENTIALS"],
    ["CredentialsProviderError", "NO_CREDENTIALS"],
    ["InvalidInstanceID.NotFound", "NOT_FOUND"],
    ["NoSuchEntity", "NOT_FOUND"],
    ["NoSuchBucket", "NOT_FOUND"],
    ["QueueDoesNotExist", "NOT_FOUND"],
    ["DBInstanceNotFound", "NOT_FOUND"],
    ["OptInRequired", "UNSUPPORTED"],
    ["InternalFailure", "AWS_FAILED"],
    ["ECONNRESET", "NETWORK"],
    ["DependencyViolation", "AWS_REFUSED"],
  ])("takes %s for %s", (name, code) => {
    expect(codeOf(name)).toBe(code);
  });

  it("judges a code it does not know by the HTTP status", () => {
    expect([429, 403, 404, 501, 503, 400].map((status) => codeOf("Novel", status))).toEqual([
      "THROTTLED",
      "ACCESS_DENIED",
      "NOT_FOUND",
      "UNSUPPORTED",
      "AWS_FAILED",
      "AWS_REFUSED",
    ]);
  });

  it("says what was called where, in AWS's words, and which action is missing", () => {
    const denied = Object.assign(new Error("not authorized"), {
      name: "UnauthorizedOperation",
      $metadata: { httpStatusCode: 403 },
    });
    const error = translate(denied, CALL, "eu-west-1");

    expect(error.message).toBe("ec2 DescribeInstances in eu-west-1: UnauthorizedOperation: not authorized");
    expect(error.details.action).toBe("ec2:DescribeInstances");
  });

  it("knows the IAM actions that are not called as their operation", () => {
    expect(iamAction({ service: "s3", operation: "ListBuckets" })).toBe("s3:ListAllMyBuckets");
    expect(iamAction({ service: "monitoring", operation: "DescribeAlarms" })).toBe("cloudwatch:DescribeAlarms");
    expect(iamAction({ service: "tagging", operation: "GetResources" })).toBe("tag:GetResources");
  });
});
