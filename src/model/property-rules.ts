import type { Path } from "./path.ts";

/** What kind of change a modified property is, for people who read deltas. */
export type ChangeCategory = "tags" | "permissions" | "security exposure" | "capacity" | "configuration";

/** What is known of a type's properties. Pure data; part of its facts. */
export interface PropertyRules {
  /** Move without anyone changing the resource (state, counters, last-used dates). Not part of the fingerprint. */
  readonly volatile: readonly Path[];
  /** Values that must never be stored: replaced by a keyed hash. */
  readonly secret: readonly Path[];
  /** Names that look like secrets and are none (`SecretArn`, `PasswordResetRequired`). */
  readonly notSecret?: readonly Path[];
  /** Lists whose order AWS does not keep. */
  readonly unordered: readonly Path[];
  /** Properties that a controller moves on purpose (desired count under an autoscaler): shown apart by delta. */
  readonly controllerOwned?: readonly { readonly path: Path; readonly by: string }[];
  /** Properties whose change is more than configuration. */
  readonly categories?: Readonly<Partial<Record<ChangeCategory, readonly Path[]>>>;
}
