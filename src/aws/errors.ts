import { type ErrorCode, type ErrorDetails, EvenkeelError, isError } from "../model/errors.ts";
import { iamAction } from "./actions.ts";
import type { CallName } from "./rates/index.ts";

/** The parts of an SDK error that are read; it is whatever was thrown. */
interface SdkError {
  readonly name?: string;
  readonly Code?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly $retryable?: { readonly throttling?: boolean };
}

/* AWS's error codes and what they mean to us. Patterns, because services spell the same thing differently. */
const CODES: readonly (readonly [RegExp, ErrorCode])[] = [
  [/^(Throttl|RequestLimitExceeded|TooManyRequests|SlowDown|RequestThrottled|BandwidthLimitExceeded)/, "THROTTLED"],
  [/^(LimitExceededException|PriorRequestNotComplete|ProvisionedThroughputExceeded)$/, "THROTTLED"],
  [/^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired)$/, "EXPIRED_CREDENTIALS"],
  [/^(CredentialsProviderError|ProviderError)$/, "NO_CREDENTIALS"],
  [
    /^(UnrecognizedClientException|InvalidClientTokenId|SignatureDoesNotMatch|AuthFailure|InvalidAccessKeyId)$/,
    "NO_CREDENTIALS",
  ],
  [/^(OptInRequired|SubscriptionRequiredException|InvalidRegion|UnsupportedRegion)/, "UNSUPPORTED"],
  [
    /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|Unauthorized|AuthorizationError.*|Forbidden)$/,
    "ACCESS_DENIED",
  ],
  [/NotFound|^NoSuch|NonExistent|DoesNotExist|^ResourceNotFoundException$|Malformed$/, "NOT_FOUND"],
  [
    /^(ServiceUnavailable|InternalError|InternalFailure|InternalServer|InternalServiceError|Unavailable|RequestTimeout)/,
    "AWS_FAILED",
  ],
  [/^(TimeoutError|NetworkingError|ECONN|ETIMEDOUT|EPIPE|EAI_AGAIN|ENOTFOUND)/, "NETWORK"],
  [/^UnknownOperation|^NotImplemented|^InvalidAction$/, "UNSUPPORTED"],
];

/* CloudFormation and SageMaker have no code for what is not there and say so in words. Source: API references, DescribeStacks and DescribeEndpoint. */
const GONE = /^Stack (with id |\[)?.* does not exist|^Could not find /;

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
  };
  const said = sdk.message && sdk.message !== awsCode ? `${awsCode}: ${sdk.message}` : awsCode;
  return new EvenkeelError(code, `${call.service} ${call.operation} in ${region}: ${said}`, details);
}

function classify(sdk: SdkError, awsCode: string): ErrorCode {
  if (sdk.$retryable?.throttling) return "THROTTLED";
  for (const name of [awsCode, sdk.code ?? ""]) {
    const row = CODES.find(([pattern]) => pattern.test(name));
    if (row) return row[1];
  }
  if (/^Validation(Error|Exception)$/.test(awsCode) && GONE.test(sdk.message ?? "")) return "NOT_FOUND";
  const status = sdk.$metadata?.httpStatusCode ?? 0;
  if (status === 429) return "THROTTLED";
  if (status === 403) return "ACCESS_DENIED";
  if (status === 404) return "NOT_FOUND";
  if (status === 501) return "UNSUPPORTED";
  return status >= 500 || status === 0 ? "AWS_FAILED" : "AWS_REFUSED";
}

const HINTS: Readonly<Partial<Record<ErrorCode, string>>> = {
  EXPIRED_CREDENTIALS: "sign in again (for SSO: `aws sso login`) and repeat the command",
  NO_CREDENTIALS: "set AWS_PROFILE or --profile, or run `evenkeel doctor`",
  NETWORK: "check the network, the proxy settings and --endpoint-url",
};

/** An answer that no AWS service gives: a proxy's, a captive portal's or an emulator's HTML page. Never worth a retry. */
export function notAws(call: CallName, region: string, status: number, start: string): EvenkeelError {
  const message = `${call.service} ${call.operation} in ${region}: the answer (HTTP ${status}) is an HTML page, not AWS: ${start}`;
  return new EvenkeelError("NOT_AWS", message, {
    hint: "a proxy, a captive portal or an emulator without this call answered; check HTTPS_PROXY and --endpoint-url",
  });
}
