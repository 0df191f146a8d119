import { type ErrorCode, type ErrorDetails, EvenkeelError, isError } from "../model/errors.ts";
import { iamAction } from "./actions.ts";
import type { CallName } from "./rates/index.ts";

/** The parts of an SDK error that are read; it is whatever was thrown. */
interface SdkError {
  readonly name?: string;
  readonly Code?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: {
    readonly httpStatusCode?: number;
    readonly requestId?: string;
    /** The SDK has just set its clock by AWS's. */
    readonly clockSkewCorrected?: boolean;
  };
  readonly $retryable?: { readonly throttling?: boolean };
}

/* AWS's error codes and what they mean to us. Patterns, because services spell the same thing differently. */
const CODES: readonly (readonly [RegExp, ErrorCode])[] = [
  [/^(Throttl|RequestLimitExceeded|TooManyRequests|SlowDown|RequestThrottled|BandwidthLimitExceeded)/, "THROTTLED"],
  [/^(LimitExceededException|PriorRequestNotComplete|ProvisionedThroughputExceeded(Exception)?)$/, "THROTTLED"],
  [/^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired)$/, "EXPIRED_CREDENTIALS"],
  [/^(CredentialsProviderError|ProviderError|TokenProviderError)$/, "NO_CREDENTIALS"],
  [
    /^(UnrecognizedClientException|InvalidClientTokenId|AuthFailure|InvalidAccessKeyId|InvalidToken)$/,
    "NO_CREDENTIALS",
  ],
  // Some come with HTTP 403 and would pass for a missing permission.
  [/^(MissingAuthenticationToken|IncompleteSignature)(Exception)?$/, "NO_CREDENTIALS"],
  [/^(SignatureDoesNotMatch|InvalidSignatureException|RequestTimeTooSkewed|RequestInTheFuture)$/, "NO_CREDENTIALS"],
  // Not "unsupported": a suspended account says the same, and its resources are still there.
  [/^(OptInRequired|SubscriptionRequiredException)/, "AWS_REFUSED"],
  [/^(InvalidRegion|UnsupportedRegion)/, "UNSUPPORTED"],
  [
    /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|Unauthorized|AuthorizationError.*|Forbidden)$/,
    "ACCESS_DENIED",
  ],
  // Said by other services of the key that they need (`KMSNotFoundException`): what was asked for is there.
  [/^KMS\w*NotFound/, "AWS_REFUSED"],
  // Only ids: S3's AuthorizationHeaderMalformed means that a bucket is in another region.
  [/NotFound|^NoSuch|NonExistent|DoesNotExist|^Invalid\w+\.Malformed$/, "NOT_FOUND"],
  [
    /^(ServiceUnavailable|InternalError|InternalFailure|InternalServer|InternalServiceError|Unavailable|RequestTimeout)/,
    "AWS_FAILED",
  ],
  [/^(TimeoutError|NetworkingError|ECONN|ETIMEDOUT|EPIPE|EAI_AGAIN|ENOTFOUND)/, "NETWORK"],
  [/^UnknownOperation|^NotImplemented|^InvalidAction$/, "UNSUPPORTED"],
];

/* Capacity and quotas, as EC2, RDS, Redshift, ECS, Lambda and SageMaker call them in the error lists of their API references. */
const SHORTAGES = /^Insufficient\w*Capacity|LimitExceeded|QuotaExceeded/;

/*
 * Something else uses it, is in it, or happens to it just now. Source: the error lists of the Delete operations in the API
 * references: EC2 (DependencyViolation, VolumeInUse, InvalidSnapshot.InUse, fleetNotInDeletableState), IAM (DeleteConflict, EntityTemporarilyUnmodifiable), ELB, RDS, EKS, Lambda
 * and DynamoDB (ResourceInUse), Auto Scaling (ScalingActivityInProgress), ECS (ClusterContainsTasks), S3 (BucketNotEmpty,
 * OperationAborted), SQS (Conflict), SNS (Conflict, ConcurrentAccess), ElastiCache (InvalidCacheClusterState), DMS and WorkSpaces (InvalidResourceState),
 * App Runner (InvalidStateException).
 */
const HELD =
  /DependencyViolation|DeleteConflict|EntityTemporarilyUnmodifiable|InUse|InProgress|Conflict|^ClusterContains|NotEmpty|^InvalidDB\w+State|^IncorrectState|OperationAborted|ConcurrentModification|ConcurrentAccess|^IncorrectInstanceState|NotIn(Deletable|Cancellable)State|^Invalid(Cluster|GlobalCluster|CacheCluster|ReplicationGroup|Resource)?State/;

/* CloudFormation, SageMaker and Auto Scaling have no code for what is not there and say so in words. Source: API references, DescribeStacks and DescribeEndpoint; of notebook instances it says `RecordNotFound`. */
const GONE =
  /^Stack (with id |\[)?.* does not exist|^Could not find |^RecordNotFound|^(AutoScalingGroup|Launch configuration) name not found/;

/** Translates whatever an SDK client threw, once and for all callers. */
export function translate(error: unknown, call: CallName, region: string): EvenkeelError {
  if (isError(error)) return error;
  const sdk = (error ?? {}) as SdkError;
  const awsCode = sdk.Code ?? sdk.name ?? sdk.code ?? "UnknownError";
  const code = classify(sdk, awsCode);
  const details: ErrorDetails = {
    awsCode,
    cause: error,
    ...(sdk.$metadata?.requestId ? { requestId: sdk.$metadata.requestId } : {}),
    ...(code === "ACCESS_DENIED" ? { action: iamAction(call) } : {}),
    ...(HINTS[code] ? { hint: HINTS[code] } : {}),
    ...(code === "THROTTLED" || SHORTAGES.test(awsCode) ? { isShortage: true } : {}),
    ...(code === "AWS_REFUSED" && HELD.test(awsCode) ? { isHeld: true } : {}),
  };
  const said = sdk.message && sdk.message !== awsCode ? `${awsCode}: ${sdk.message}` : awsCode;
  return new EvenkeelError(code, `${call.service} ${call.operation} in ${region}: ${said}`, details);
}

function classify(sdk: SdkError, awsCode: string): ErrorCode {
  if (sdk.$retryable?.throttling) return "THROTTLED";
  if (sdk.$metadata?.clockSkewCorrected) return "AWS_FAILED";
  for (const name of [awsCode, sdk.code ?? ""]) {
    const row = CODES.find(([pattern]) => pattern.test(name));
    if (row) return row[1];
  }
  if (/^Validation(Error|Exception)$/.test(awsCode) && GONE.test(sdk.message ?? "")) return "NOT_FOUND";
  const status = sdk.$metadata?.httpStatusCode ?? 0;
  if (status === 429) return "THROTTLED";
  if (status === 403) return "ACCESS_DENIED";
  // No 404: AWS says what is not there by a code. A proxy or an emulator without the call says 404, too.
  if (status === 501) return "UNSUPPORTED";
  return status >= 500 || status === 0 ? "AWS_FAILED" : "AWS_REFUSED";
}

const HINTS: Readonly<Partial<Record<ErrorCode, string>>> = {
  EXPIRED_CREDENTIALS: "sign in again (for SSO: `aws sso login`) and repeat the command",
  NO_CREDENTIALS: "set AWS_PROFILE or --profile, and check the clock of this machine; `evenkeel doctor` tells more",
  NETWORK: "check the network, the proxy settings and --endpoint-url",
};

/** An answer that no AWS service gives: a proxy's, a captive portal's or an emulator's HTML page. Never worth a retry. */
export function notAws(call: CallName, region: string, status: number, start: string): EvenkeelError {
  const message = `${call.service} ${call.operation} in ${region}: the answer (HTTP ${status}) is an HTML page, not AWS: ${start}`;
  return new EvenkeelError("NOT_AWS", message, {
    hint: "a proxy, a captive portal or an emulator without this call answered; check HTTPS_PROXY and --endpoint-url",
  });
}
