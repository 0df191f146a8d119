/** A process that writes snapshots, without end or some, to be killed at any moment: `node kill-writer.js FOLDER PREFIX [ROUNDS]`. */
import { folderStore } from "../../src/store/folder.ts";
import { secretKey } from "../../src/store/secret-key.ts";
import { writeSnapshot } from "../../src/store/snapshot-writer.ts";
import { deleteSnapshot, setActive } from "../../src/store/snapshots.ts";
import { ACCOUNT, draft, sample } from "./sample.ts";

const [folder = "", prefix = "", rounds = "Infinity"] = process.argv.slice(2);
const store = folderStore(folder);
await secretKey(store);
process.stdout.write("ready\n");

/** From a few kilobytes to a few megabytes, so that kills fall into all parts of a write. */
function resources(round: number) {
  const count = [3, 300, 30][round % 3] as number;
  const configuration = { Text: "x".repeat(round % 4 === 1 ? 8000 : 100) };
  return Array.from({ length: count }, (_, index) => sample(`${prefix}-${round}-${index}`, { configuration }));
}

for (let round = 0; round < Number(rounds); round++) {
  const name = `${prefix}-${round}`;
  await writeSnapshot(store, draft(name), resources(round), { compress: round % 2 === 0 });
  await setActive(store, ACCOUNT, name);
  // Each writer deletes only what it has made itself, two rounds ago, so the active one is never among them.
  if (round >= 2) await deleteSnapshot(store, ACCOUNT, `${prefix}-${round - 2}`);
}
