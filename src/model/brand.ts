/** Strings that have been checked by a parser; a plain string does not pass for one. */
type Brand<Name extends string> = string & { readonly __brand: Name };

/** An Amazon Resource Name, or for types that AWS gives none the one its service authorisation page prescribes. */
export type Arn = Brand<"Arn">;
/** Twelve digits. */
export type AccountId = Brand<"AccountId">;
/** A region code such as `eu-west-1`, or `global` for services that have one endpoint a partition. */
export type Region = Brand<"Region">;
/** A UTC instant, ISO 8601 with milliseconds and `Z`. */
export type IsoInstant = Brand<"IsoInstant">;

/** The region name under which resources of global services are filed. */
export const GLOBAL = "global" as Region;

const ACCOUNT = /^\d{12}$/;
const REGION = /^[a-z]{2,}(-[a-z]+)+-\d+$/;

/** @throws TypeError when the text is not twelve digits */
export function accountId(text: string): AccountId {
  if (!ACCOUNT.test(text)) throw new TypeError(`not an AWS account id (twelve digits): ${text}`);
  return text as AccountId;
}

export function isRegion(text: string): text is Region {
  return text === GLOBAL || REGION.test(text);
}

/** @throws TypeError when the text does not look like a region code of any partition */
export function region(text: string): Region {
  if (!isRegion(text)) throw new TypeError(`not an AWS region code: ${text}`);
  return text;
}

/**
 * An instant from a Date, milliseconds since the epoch, or a text with a date in it.
 * @throws TypeError when it is no date
 */
export function instant(value: Date | number | string): IsoInstant {
  const date = value instanceof Date ? value : new Date(value);
  if (Number.isNaN(date.getTime())) throw new TypeError(`not a date: ${String(value)}`);
  return date.toISOString() as IsoInstant;
}
