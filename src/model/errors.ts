/** The exit codes of every verb. This is the one place where they stand; help and docs print this table. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  credentials: 3,
  notFound: 4,
  partial: 5,
  refused: 6,
  changes: 7,
  cancelled: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_MEANING: Readonly<Record<ExitCode, string>> = {
  0: "done; or nothing to do",
  1: "failed: unexpected error (a bug, or AWS broken)",
  2: "usage or configuration wrong: nothing was called",
  3: "credentials or permission: nothing was changed",
  4: "not found: no such snapshot, record, plan, baseline",
  5: "partial: some steps failed, were blocked or deferred; or coverage was incomplete",
  6: "refused by a guard, a budget, an expired or stale plan, or another account's data",
  7: "--exit-code was given and there are changes or findings",
  130: "cancelled by the user",
};

/** Who can do something about an error: the person, AWS (wait, or ask for rights), or us. */
export type Audience = "user" | "aws" | "bug";

interface ErrorFact {
  readonly audience: Audience;
  readonly exit: ExitCode;
}

/** Every permanent error code. */
export const ERRORS = {
  USAGE: { audience: "user", exit: EXIT.usage },
  UNKNOWN_TYPE: { audience: "user", exit: EXIT.usage },
  BAD_CONFIG: { audience: "user", exit: EXIT.usage },
  BAD_ENDPOINT: { audience: "user", exit: EXIT.usage },
  NO_CREDENTIALS: { audience: "user", exit: EXIT.credentials },
  EXPIRED_CREDENTIALS: { audience: "user", exit: EXIT.credentials },
  ACCESS_DENIED: { audience: "aws", exit: EXIT.credentials },
  NO_BASELINE: { audience: "user", exit: EXIT.notFound },
  NO_SNAPSHOT: { audience: "user", exit: EXIT.notFound },
  CORRUPT_SNAPSHOT: { audience: "user", exit: EXIT.notFound },
  SNAPSHOT_EXISTS: { audience: "user", exit: EXIT.refused },
  SNAPSHOT_ACTIVE: { audience: "user", exit: EXIT.refused },
  REFUSED: { audience: "user", exit: EXIT.refused },
  NO_PLAN: { audience: "user", exit: EXIT.notFound },
  NO_RECORD: { audience: "user", exit: EXIT.notFound },
  NO_RUN: { audience: "user", exit: EXIT.notFound },
  OTHER_ACCOUNT: { audience: "user", exit: EXIT.refused },
  STORE_FAILED: { audience: "user", exit: EXIT.failed },
  NOTHING_SEEN: { audience: "aws", exit: EXIT.partial },
  NOT_SHED: { audience: "aws", exit: EXIT.partial },
  THROTTLED: { audience: "aws", exit: EXIT.partial },
  NOT_FOUND: { audience: "aws", exit: EXIT.notFound },
  UNSUPPORTED: { audience: "aws", exit: EXIT.partial },
  NOT_AWS: { audience: "user", exit: EXIT.failed },
  NETWORK: { audience: "aws", exit: EXIT.failed },
  AWS_FAILED: { audience: "aws", exit: EXIT.failed },
  AWS_REFUSED: { audience: "aws", exit: EXIT.failed },
  CANCELLED: { audience: "user", exit: EXIT.cancelled },
  BUG: { audience: "bug", exit: EXIT.failed },
} as const satisfies Record<string, ErrorFact>;
export type ErrorCode = keyof typeof ERRORS;

export interface ErrorDetails {
  /** What the person can do, as a sentence or a command. */
  readonly hint?: string;
  /** What state things were left in. */
  readonly state?: string;
  /** The IAM action that was refused. */
  readonly action?: string;
  /** AWS's own error code and request id. */
  readonly awsCode?: string;
  readonly requestId?: string;
  /** AWS has no room just now: capacity, a quota, a pool, the calls of a day. The same may go through later. */
  readonly isShortage?: boolean;
  /** Something else still holds the resource. The same may go through when that is gone. */
  readonly isHeld?: boolean;
  readonly cause?: unknown;
}

/** The one error class. Thrown to stop a run; what happens to single resources is a value, never an exception. */
export class EvenkeelError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "EvenkeelError";
    this.code = code;
    this.details = details;
  }

  get audience(): Audience {
    return ERRORS[this.code].audience;
  }

  get exit(): ExitCode {
    return ERRORS[this.code].exit;
  }
}

export function isError(error: unknown, ...codes: readonly ErrorCode[]): error is EvenkeelError {
  return error instanceof EvenkeelError && (codes.length === 0 || codes.includes(error.code));
}
