import { translate } from "../../aws/errors.ts";
import type { ReadScope } from "../contract.ts";

/** What AWS refuses of a fleet stands in an answer that is a success as a whole. @throws EvenkeelError */
export function throwRefusal(
  refusal: { readonly Code?: string | undefined; readonly Message?: string | undefined } | undefined,
  operation: string,
  { region }: Pick<ReadScope, "region">,
): void {
  if (!refusal) return;
  const error = {
    name: refusal.Code ?? "UnknownError",
    message: refusal.Message ?? "",
    $metadata: { httpStatusCode: 400 },
  };
  throw translate(error, { service: "ec2", operation }, region);
}

/** Fleets name several subnets as one text with commas. Source: EC2 API reference, FleetLaunchTemplateOverridesRequest. */
export function subnetsIn(places: readonly { readonly SubnetId?: string | undefined }[]): string[] {
  const ids = places.flatMap(({ SubnetId = "" }) => SubnetId.split(",").map((id) => id.trim()));
  return [...new Set(ids)].filter((id) => id !== "").sort();
}
