import { AwsFault } from "../../service.ts";

/** A block of IPv4 addresses. */
export interface Cidr {
  readonly first: number;
  readonly bits: number;
}

/** @param range of prefix lengths that AWS allows here */
export function parseCidr(text: string | undefined, fault: string, range = { from: 16, to: 28 }): Cidr {
  const [address = "", length = ""] = (text ?? "").split("/");
  const octets = address.split(".").map(Number);
  const bits = Number(length);
  const valid = octets.length === 4 && octets.every((octet) => Number.isInteger(octet) && octet >= 0 && octet <= 255);
  if (!valid || !(bits >= range.from && bits <= range.to))
    throw new AwsFault(fault, `The CIDR '${text ?? ""}' is invalid.`);
  return { first: octets.reduce((sum, octet) => sum * 256 + octet, 0), bits };
}

export const sizeOf = (cidr: Cidr): number => 2 ** (32 - cidr.bits);

export function holds(outer: Cidr, inner: Cidr): boolean {
  return inner.first >= outer.first && inner.first + sizeOf(inner) <= outer.first + sizeOf(outer);
}

export function overlap(a: Cidr, b: Cidr): boolean {
  return a.first < b.first + sizeOf(b) && b.first < a.first + sizeOf(a);
}

export function ipText(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
