import { demoWorld } from "./src/twin/demo/world.ts";
const w = await demoWorld();
for (const [a, acc] of Object.entries(w.accounts)) for (const [r, rows] of Object.entries(acc.regions)) console.log(a, r, Object.entries(rows).map(([k, v]) => `${k}:${Object.keys(v).length}`).join(" "));
