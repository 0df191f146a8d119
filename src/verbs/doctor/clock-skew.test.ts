import { expect, it } from "vitest";
import { checkSkew, tapDate } from "./clock-skew.ts";

it.each([
  [undefined, "warn", "unknown: no answer told AWS's time"],
  [900, "ok", "agrees with AWS"],
  [-30_000, "ok", "30 s ahead of AWS"],
  [90_000, "warn", "90 s behind AWS"],
  [-400_000, "fail", "400 s ahead of AWS"],
])("judges %s milliseconds", (skew, status, text) => {
  expect(checkSkew(skew)).toMatchObject({ status, text });
});

it("reads AWS's time off the answers of a client, and leaves them as they are", async () => {
  type Handler = (args: object) => Promise<object>;
  let middleware: ((next: Handler) => Handler) | undefined;
  const seen: number[] = [];
  tapDate({ middlewareStack: { add: (added: (next: Handler) => Handler) => (middleware = added) } }, (time) =>
    seen.push(time),
  );
  const answer = { response: { headers: { date: "Sat, 31 Jan 2026 12:00:00 GMT" } } };

  const given = await middleware?.(async () => answer)({});

  expect(given).toBe(answer);
  expect(seen).toEqual([Date.UTC(2026, 0, 31, 12)]);
});

it("does nothing to a client without a wire", () => {
  expect(() => tapDate({}, () => undefined)).not.toThrow();
});
