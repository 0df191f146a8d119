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
    ["ProvisionedThroughputExceededException", "THROTTLED"],
    ["UnauthorizedOperation", "ACCESS_DENIED"],
    ["AccessDeniedException", "ACCESS_DENIED"],
    ["AuthorizationError", "ACCESS_DENIED"],
    ["ExpiredTokenException", "EXPIRED_CREDENTIALS"],
    ["RequestExpired", "EXPIRED_CREDENTIALS"],
    ["UnrecognizedClientException", "NO_CREDENTIALS"],
    ["AuthFailure", "NO_CREDENTIALS"],
    ["CredentialsProviderError", "NO_CREDENTIALS"],
    ["TokenProviderError", "NO_CREDENTIALS"],
    ["InvalidSignatureException", "NO_CREDENTIALS"],
    ["InvalidInstanceID.NotFound", "NOT_FOUND"],
    ["InvalidInstanceID.Malformed", "NOT_FOUND"],
    ["NotFoundException", "NOT_FOUND"],
    ["AuthorizationHeaderMalformed", "AWS_REFUSED"],
    ["KMSNotFoundException", "AWS_REFUSED"],
    ["NoSuchEntity", "NOT_FOUND"],
    ["NoSuchBucket", "NOT_FOUND"],
    ["QueueDoesNotExist", "NOT_FOUND"],
    ["DBInstanceNotFound", "NOT_FOUND"],
    ["OptInRequired", "AWS_REFUSED"],
    ["InternalFailure", "AWS_FAILED"],
    ["ECONNRESET", "NETWORK"],
    ["DependencyViolation", "AWS_REFUSED"],
  ])("takes %s for %s", (name, code) => {
    expect(codeOf(name)).toBe(code);
  });

  it("judges a code it does not know by the HTTP status", () => {
    expect([429, 403, 501, 503, 400].map((status) => codeOf("Novel", status))).toEqual([
      "THROTTLED",
      "ACCESS_DENIED",
      "UNSUPPORTED",
      "AWS_FAILED",
      "AWS_REFUSED",
    ]);
  });

  it.each([
    ["RecordNotFound", "NOT_FOUND"],
    ['Could not find endpoint "forecast".', "NOT_FOUND"],
    ["Status (Stopped) not in ([InService]).", "AWS_REFUSED"],
  ])("takes a ValidationException that says %s for %s", (message, code) => {
    const error = Object.assign(new Error(message), {
      name: "ValidationException",
      $metadata: { httpStatusCode: 400 },
    });

    expect(translate(error, { service: "sagemaker", operation: "DescribeEndpoint" }, "eu-west-1").code).toBe(code);
  });

  it("takes a 404 without a code that says so for a refusal: a proxy answers that for anything", () => {
    expect(codeOf("UnknownError", 404)).toBe("AWS_REFUSED");
  });

  it.each(["MissingAuthenticationToken", "RequestTimeTooSkewed", "InvalidToken"])(
    "takes %s for bad credentials, though it comes with HTTP 403",
    (name) => {
      expect(codeOf(name, 403)).toBe("NO_CREDENTIALS");
    },
  );

  it("lets a call be tried again after the SDK has set its clock by AWS's", () => {
    const late = { name: "InvalidSignatureException", $metadata: { httpStatusCode: 403, clockSkewCorrected: true } };

    expect(translate(late, CALL, "eu-west-1").code).toBe("AWS_FAILED");
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
    expect(iamAction({ service: "s3", operation: "ListObjectsV2" })).toBe("s3:ListBucket");
    expect(iamAction({ service: "s3", operation: "HeadObject" })).toBe("s3:GetObject");
    expect(iamAction({ service: "monitoring", operation: "DescribeAlarms" })).toBe("cloudwatch:DescribeAlarms");
    expect(iamAction({ service: "tagging", operation: "GetResources" })).toBe("tag:GetResources");
  });
});
