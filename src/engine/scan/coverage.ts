import type { Region } from "../../model/brand.ts";
import type { CoverageCell, CoverageStatus } from "../../model/coverage.ts";
import { type ErrorCode, EvenkeelError } from "../../model/errors.ts";
import type { ResourceType } from "../../model/resource.ts";

const STATUS: Readonly<Partial<Record<ErrorCode, CoverageStatus>>> = {
  ACCESS_DENIED: "denied",
  THROTTLED: "throttled",
  UNSUPPORTED: "unsupported",
};

/** The cell of a listing that ended with an error. Having seen some of it makes it partial, whatever the cause. */
export function cellFor(type: ResourceType, region: Region, count: number, error: EvenkeelError): CoverageCell {
  return {
    type,
    region,
    status: count > 0 ? "partial" : (STATUS[error.code] ?? "failed"),
    count,
    reason: reasonOf(error),
    ...(error.details.action ? { action: error.details.action } : {}),
  };
}

/** What went wrong in a listing, as AWS told it or as a bug did: one type's must not take the others along. */
export function listingError(error: unknown, type: ResourceType, region: Region): EvenkeelError {
  if (error instanceof EvenkeelError) return error;
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new EvenkeelError("BUG", `a bug of Evenkeel in reading ${type} in ${region}: ${said}`, { cause: error });
}

/** Keys that the rest of the account accepts are refused by a region that is switched off. */
function reasonOf(error: EvenkeelError): string {
  if (error.code !== "NO_CREDENTIALS") return error.message;
  return `${error.message} (the region may be switched off in this account)`;
}

export function switchedOff(type: ResourceType, region: Region): CoverageCell {
  return { type, region, status: "failed", count: 0, reason: `region ${region} is switched off in this account` };
}
