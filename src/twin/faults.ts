/** How a call goes wrong. `lost-answer` = the change is made and the caller never hears of it. */
export type FaultKind = "error" | "html" | "reset" | "timeout" | "lost-answer";

/** A planned fault: which calls it strikes, how, and how often. */
export interface Fault {
  readonly kind: FaultKind;
  /** Signing name, operation, region, account; absent = any. */
  readonly service?: string;
  readonly operation?: string | RegExp;
  readonly region?: string;
  readonly account?: string;
  readonly code: string;
  readonly message: string;
  readonly status: number;
  /** Lets so many matching calls pass first. */
  skip?: number;
  /** Strikes so many times, then never again; absent = always. */
  times?: number;
}

/** Ready-made faults with AWS's words. */
export const FAULTS = {
  throttle: { kind: "error", code: "ThrottlingException", message: "Rate exceeded", status: 400 },
  denied: {
    kind: "error",
    code: "AccessDeniedException",
    message: "User is not authorized to perform this action because no identity-based policy allows it",
    status: 403,
  },
  serverError: { kind: "error", code: "InternalFailure", message: "An internal error has occurred", status: 500 },
  expired: {
    kind: "error",
    code: "ExpiredToken",
    message: "The security token included in the request is expired",
    status: 403,
  },
  /** EC2's answer to a start for which its zone has no room. */
  noCapacity: {
    kind: "error",
    code: "InsufficientInstanceCapacity",
    message: "We currently do not have sufficient capacity in the Availability Zone you requested.",
    status: 500,
  },
  html: {
    kind: "html",
    code: "NotAws",
    message: "<html><body>Sign in to the guest network</body></html>",
    status: 200,
  },
  reset: { kind: "reset", code: "ECONNRESET", message: "socket hang up", status: 0 },
  timeout: { kind: "timeout", code: "TimeoutError", message: "the answer never came", status: 0 },
} as const satisfies Record<string, Fault>;

/** The first planned fault that strikes this call; counts it. */
export function faultFor(
  faults: readonly Fault[],
  call: { readonly service: string; readonly operation: string; readonly region: string; readonly account: string },
): Fault | undefined {
  return faults.find((fault) => matches(fault, call) && strikes(fault));
}

function matches(fault: Fault, call: Parameters<typeof faultFor>[1]): boolean {
  const { operation } = fault;
  const named =
    operation === undefined ||
    (operation instanceof RegExp ? operation.test(call.operation) : operation === call.operation);
  return (
    named &&
    (fault.service ?? call.service) === call.service &&
    (fault.region ?? call.region) === call.region &&
    (fault.account ?? call.account) === call.account
  );
}

function strikes(fault: Fault): boolean {
  if (fault.skip) {
    fault.skip -= 1;
    return false;
  }
  if (fault.times === undefined) return true;
  fault.times -= 1;
  return fault.times >= 0;
}
