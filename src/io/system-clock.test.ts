import { expect, it } from "vitest";
import { EvenkeelError } from "../model/errors.ts";
import { systemClock } from "./system-clock.ts";

it("rejects a sleep with the signal's own reason when it is aborted", async () => {
  const abort = new AbortController();
  const reason = new EvenkeelError("CANCELLED", "cancelled");
  const sleeping = systemClock.sleep(60_000, abort.signal);

  abort.abort(reason);

  await expect(sleeping).rejects.toBe(reason);
});

it("does not begin a sleep that is cancelled already", async () => {
  const reason = new EvenkeelError("CANCELLED", "cancelled");

  await expect(systemClock.sleep(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
});

it("comes back at once from a sleep of nothing", async () => {
  await expect(systemClock.sleep(0)).resolves.toBeUndefined();
  await expect(systemClock.sleep(-5)).resolves.toBeUndefined();
});
