import { Writable } from "node:stream";
import { expect, it } from "vitest";
import { streamOutput } from "./output.ts";

function failing(code: string) {
  return new Writable({
    decodeStrings: false,
    write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })),
  });
}

it("drops quietly what nobody reads any more", async () => {
  const output = streamOutput(failing("EPIPE"));

  await expect(output.write("a")).resolves.toBeUndefined();
  await expect(output.write("b")).resolves.toBeUndefined();
});

it("tells of a full disk", async () => {
  const output = streamOutput(failing("ENOSPC"));

  await expect(output.write("a")).rejects.toThrow("ENOSPC");
});

it("knows a terminal by its width", () => {
  const terminal = Object.assign(failing(""), { isTTY: true, columns: 100, rows: 30 });

  expect(streamOutput(terminal)).toMatchObject({ isTerminal: true, width: 100, height: 30 });
  expect(streamOutput(failing("")).width).toBeUndefined();
});
