import { EXIT } from "../../model/errors.ts";
import { renderTable } from "../../report/table.ts";
import { type ListedRecord, listRecords } from "../../store/records.ts";
import type { Action } from "../command.ts";
import type { RECORDS } from "./pause.command.ts";

export const run: Action<typeof RECORDS> = async (frame) => {
  const { account } = await frame.connect();
  const records = await listRecords(await frame.store(), account);
  const id = (each: ListedRecord) => (each.kind === "readable" ? each.record.id : each.id);
  const of =
    (pick: (record: Extract<ListedRecord, { kind: "readable" }>["record"]) => string) => (each: ListedRecord) =>
      each.kind === "readable" ? pick(each.record) : "";
  const state = (each: ListedRecord) =>
    each.kind === "damaged" ? `damaged: ${each.problem}` : each.armed ? "armed" : "closed";
  await frame.show({
    text: (render) =>
      records.length === 0
        ? "There are no pause records.\n"
        : renderTable(
            [
              { title: "RECORD", value: id },
              { title: "CREATED", value: of(({ createdAt }) => createdAt) },
              { title: "EXPIRES", value: of(({ expiresAt }) => expiresAt) },
              { title: "RESOURCES", value: of(({ plan }) => String(plan.steps.length)), align: "right" },
              { title: "STATE", value: state },
            ],
            records,
            render,
          ),
    data: () => ({ records: records.map((each) => ({ id: id(each), state: state(each), ...each })) }),
    csv: { titles: ["id", "state"], records: () => records.map((each) => [id(each), state(each)]) },
  });
  if (records.some(({ armed }) => armed)) frame.next("evenkeel resume");
  return EXIT.done;
};
