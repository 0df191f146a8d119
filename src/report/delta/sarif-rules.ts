import type { ReportingDescriptor } from "sarif";
import type { Change, ChangeKind } from "../../model/delta.ts";
import type { ChangeCategory } from "../../model/property-rules.ts";
import { isGrave } from "./gravity.ts";
import { propertiesOf } from "./item.ts";
import { CONTROLLERS_MEANING, KIND_MEANING } from "./wording.ts";

/** A rule a kind of change, and of the modified ones a rule a category, because their weight differs. */
export type RuleId =
  | `evenkeel/${Exclude<ChangeKind, "modified">}`
  | "evenkeel/replaced-with-exposure-or-permissions"
  | `evenkeel/modified-${"security-exposure" | "permissions" | "configuration" | "capacity" | "tags"}`
  | "evenkeel/controller-owned";

interface Rule extends Omit<ReportingDescriptor, "id"> {
  readonly defaultConfiguration: { readonly level: "error" | "warning" | "note" };
}

function rule(name: string, text: string, level: "error" | "warning" | "note"): Rule {
  return { name, shortDescription: { text }, defaultConfiguration: { level } };
}

/** Permanent ids: people silence and count findings by them. */
export const RULES: Readonly<Record<RuleId, Rule>> = {
  "evenkeel/added": rule("ResourceAdded", `Resource added: ${KIND_MEANING.added}.`, "warning"),
  "evenkeel/deleted": rule("ResourceDeleted", `Resource deleted: ${KIND_MEANING.deleted}.`, "warning"),
  "evenkeel/replaced": rule("ResourceReplaced", `Resource replaced: ${KIND_MEANING.replaced}.`, "warning"),
  "evenkeel/replaced-with-exposure-or-permissions": rule(
    "ResourceReplacedWithExposureOrPermissions",
    "Resource replaced by one with another security exposure or other permissions.",
    "error",
  ),
  "evenkeel/modified-security-exposure": rule(
    "SecurityExposureModified",
    "Who can reach a resource, or how it is encrypted, changed.",
    "error",
  ),
  "evenkeel/modified-permissions": rule(
    "PermissionsModified",
    "What somebody may do changed: a policy, a role or a boundary.",
    "error",
  ),
  "evenkeel/modified-configuration": rule("ConfigurationModified", "A property of a resource changed.", "warning"),
  "evenkeel/modified-capacity": rule("CapacityModified", "How much a resource is sized for changed.", "note"),
  "evenkeel/modified-tags": rule("TagsModified", "Tags of a resource changed.", "note"),
  "evenkeel/controller-owned": rule(
    "ControllerOwnedModified",
    `A property changed that a controller may move: ${CONTROLLERS_MEANING}.`,
    "note",
  ),
  "evenkeel/unknown": rule("ResourceUnknown", `Nothing can be told of a resource: ${KIND_MEANING.unknown}.`, "warning"),
};

export const RULE_IDS = Object.keys(RULES) as RuleId[];

export function categoryRule(category: ChangeCategory): RuleId {
  return `evenkeel/modified-${category === "security exposure" ? "security-exposure" : category}`;
}

export function kindRule(change: Exclude<Change, { kind: "modified" }>): RuleId {
  if (
    change.kind === "replaced" &&
    propertiesOf(change).some((property) => isGrave(property) && !property.controlledBy)
  )
    return "evenkeel/replaced-with-exposure-or-permissions";
  return `evenkeel/${change.kind}`;
}
