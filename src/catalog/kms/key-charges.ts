import { isJsonObject } from "../../model/json.ts";
import { type Charge, type Charges, textAt } from "../charges.ts";

/** Source: https://aws.amazon.com/kms/pricing/: AWS's own keys cost nothing, nor does one whose deletion is scheduled. */
export const charges: Charges = ({ configuration, state }) => {
  if (textAt(configuration, "KeyManager") !== "CUSTOMER" || state === "PendingDeletion") return [];
  const { Rotation } = configuration;
  const rotated = isJsonObject(Rotation) && Rotation.KeyRotationEnabled === true;
  const price = { serviceCode: "awskms", filters: {}, usage: "KMS-Keys", units: ["Keys", "Key"] };
  const rotations: Charge = {
    part: "rotations",
    stops: false,
    unpriced: "its first two cost by the month, and KMS does not tell whether they were",
  };
  return [{ part: "key", stops: false, price, units: "1", per: "month" }, ...(rotated ? [rotations] : [])];
};
