import { EvenkeelError } from "../model/errors.ts";

/**
 * `KEY=VALUE` pairs of a repeatable option; a value may contain further equals signs.
 * @throws EvenkeelError USAGE
 */
export function parsePairs(option: string, pairs: readonly string[], example: string): Record<string, string> {
  const parsed = new Map<string, string>();
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    const key = pair.slice(0, at);
    if (at < 1)
      throw new EvenkeelError("USAGE", `${option} wants KEY=VALUE, got "${pair}"`, {
        hint: `for example ${option} ${example}`,
      });
    if (parsed.has(key))
      throw new EvenkeelError("USAGE", `${option} names ${key} twice`, { hint: "give each key once" });
    parsed.set(key, pair.slice(at + 1));
  }
  return Object.fromEntries(parsed);
}
