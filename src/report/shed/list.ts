import type { ShedState } from "../../model/shed.ts";
import type { Report } from "../format.ts";
import { minute } from "../humanise.ts";
import { renderTable } from "../table.ts";
import { PHASE_STYLES } from "./status.ts";
import { degreeText, listenerName } from "./words.ts";

/** Every listener that a ledger knows. */
export function shedListReport(states: readonly ShedState[]): Report {
  return {
    text: (options) => {
      if (states.length === 0) return "Nothing was ever shed by this ledger.\n";
      return renderTable<ShedState>(
        [
          { title: "LISTENER", value: ({ listener }) => listenerName(listener) },
          { title: "STATE", value: ({ phase }) => phase, style: ({ phase }) => PHASE_STYLES[phase] },
          {
            title: "SHED",
            value: ({ degree, baseline }) => (baseline.length > 0 ? degreeText(degree) : ""),
            align: "right",
          },
          { title: "SINCE", value: ({ since }) => (since ? minute(since) : "") },
          { title: "WHY", value: ({ why }) => why },
        ],
        states,
        options,
      );
    },
    data: () => ({ listeners: states }),
    csv: {
      titles: ["listener", "phase", "level", "cap", "since", "due", "why"],
      records: () =>
        states.map(({ listener, phase, degree, since, dueAt, why }) => [
          listener,
          phase,
          degree.level,
          degree.cap,
          since,
          dueAt,
          why,
        ]),
    },
  };
}
