import { EvenkeelError } from "../../model/errors.ts";
import type { ShedReading, ShedSettings, ShedState } from "../../model/shed.ts";
import type { Order } from "./course.ts";
import { foreignChange } from "./foreign.ts";

/** @throws EvenkeelError REFUSED for an order that makes no sense as things stand, saying which one does */
export function refuseOrder(
  order: Order,
  stand: ShedState,
  { settings, reading }: { readonly settings: ShedSettings; readonly reading: ShedReading },
): void {
  const refuse = (why: string, hint: string) => {
    throw new EvenkeelError("REFUSED", why, { hint, state: "nothing was changed" });
  };
  const { phase, degree } = stand;
  if (order.kind === "accept" && phase !== "lost" && foreignChange(stand, reading) === undefined)
    refuse(`it is ${phase}: nobody else has written the weights`, "`evenkeel shed restore` gives the load back");
  if (order.kind === "unfreeze" && phase !== "frozen" && phase !== "lost")
    refuse(`it is ${phase}, not frozen`, "`evenkeel shed status` tells how it stands");
  if (order.kind === "shed" && phase === "frozen")
    refuse("it is frozen by a person", "`evenkeel shed unfreeze` lets it go on");
  if (order.kind === "restore" && !order.now && phase === "frozen")
    refuse(
      "it is frozen by a person",
      "`evenkeel shed unfreeze` lets it go on; `evenkeel shed restore --now` gives all back at once",
    );
  if (order.kind === "shed" && order.level !== undefined && order.level < degree.level)
    refuse(`${degree.level} % are shed already`, "`evenkeel shed restore` gives load back");
  if (order.kind === "shed" && order.level !== undefined && order.level > settings.maxShedPercent)
    refuse(
      `${order.level} % are more than the cap of ${settings.maxShedPercent} %`,
      "raise max-shed-percent, if you mean it",
    );
  if (order.kind === "freeze" || order.kind === "accept" || (order.kind === "restore" && order.now)) return;
  const foreign = phase === "lost" ? foreignChange(stand, reading) : undefined;
  if (foreign) throw foreignRefusal(foreign);
}

/** What a person can do about weights that somebody else has written. */
export function foreignRefusal(why: string): EvenkeelError {
  return new EvenkeelError("REFUSED", why, {
    hint: "`evenkeel shed restore --now` puts the recorded weights back; `evenkeel shed unfreeze --accept` takes those that are there as the new baseline",
    state: "nothing was changed",
  });
}
