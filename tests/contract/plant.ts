import type { Facts } from "../../src/catalog/contract.ts";
import type { Json } from "../../src/model/json.ts";
import { leaves, objects, onePlace, placesOf, put, type Steps } from "./places.ts";

/** Texts with secrets in them, each of another kind. */
export const SECRET_TEXTS = {
  "an access key": "AKIAIOSFODNN7EXAMPLE",
  "a private key": "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA75n\n-----END RSA PRIVATE KEY-----",
  "a URL with a password": "postgres://orders:c0rrect-h0rse@db.internal:5432/orders",
  "a web token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
  "an assignment": 'DB_PASSWORD="c0rrect-h0rse battery"',
} as const;

/** Names that announce a secret. */
export const SECRET_NAMES = [
  "MasterUserPassword",
  "ClientSecret",
  "Token",
  "AuthToken",
  "ApiKey",
  "x-api-key",
  "DB_PASSWORD",
  "private_key",
] as const;

/** What must be seen nowhere once secrets were planted. */
export const HIDDEN = ["h1dd3n", "IOSFODNN7EXAMPLE", "MIIEowIBAAKCAQEA75n", "c0rrect-h0rse", "dozjgNryP4J3jVmNHl0w5N"];

export interface Planting {
  /** Decides where, out of all the places there are. */
  readonly pick: number;
  readonly name: string;
  /** Begins with `h1dd3n`. */
  readonly secret: string;
  readonly text: string;
}

/** Puts a secret wherever facts expect one, under telling names, and inside a text. */
export function plant(facts: Facts, configuration: Json, { pick, name, secret, text }: Planting): Json {
  const expected = facts.secret.reduce<Json>((left, pattern) => {
    const places = placesOf(left, pattern);
    return (places.length > 0 ? places : [onePlace(pattern)]).reduce<Json>((tree, at) => put(tree, at, secret), left);
  }, configuration);
  const inside = objects(expected);
  const stable = inside.filter((at) => !isVolatile(expected, facts, at));
  // One that changes where a change must be seen, and one anywhere, which must not be seen either.
  const changing = put(expected, [...(stable[pick % stable.length] ?? []), name], secret);
  const named = put(changing, [...(inside[pick % inside.length] ?? []), `Old${name}`], "h1dd3n-before");
  const strings = leaves(named).filter(({ value }) => typeof value === "string" && !value.startsWith("h1dd3n"));
  const leaf = strings[pick % Math.max(1, strings.length)];
  return put(named, leaf?.at ?? ["Description"], `see ${text} there`);
}

/** Whether a place lies at or in a property that facts call volatile. */
export function isVolatile(configuration: Json, facts: Facts, at: Steps): boolean {
  const places = facts.volatile.flatMap((pattern) => placesOf(configuration, pattern));
  return places.some((place) => place.every((step, index) => step === at[index]));
}
