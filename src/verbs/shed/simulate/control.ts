import type { AlarmReading } from "../../../model/shed.ts";
import type { Degree } from "../../../model/weights.ts";

/** What a control sees at a moment. */
export interface View {
  /** Milliseconds. */
  readonly now: number;
  readonly alarm: AlarmReading;
  /** The alarm's state has just become another one: the moment at which EventBridge tells. */
  readonly hasChanged: boolean;
}

/** What decides how much is shed. Asked at every tick; it keeps what it has to remember. */
export type Control = (view: View) => Degree;
