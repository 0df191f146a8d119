import { type Charges, textAt } from "../charges.ts";
import { idleAddress, inUseAddress } from "./address-price.ts";

/** Attached or idle; an address of one's own range (BYOIP) costs nothing. */
export const charges: Charges = ({ configuration }) => {
  const pool = textAt(configuration, "PublicIpv4Pool");
  if (pool !== "" && pool !== "amazon") return [];
  return [textAt(configuration, "AssociationId") === "" ? idleAddress(1) : inUseAddress(1, false)];
};
