import { expect, it } from "vitest";
import { EvenkeelError } from "../model/errors.ts";
import { readParts } from "./reading.ts";

const notFound = () => Promise.reject(new EvenkeelError("NOT_FOUND", "NoSuchBucket"));

/** Settings of a bucket that somebody deletes between the reading of the first and of the second. */
function deletedMeanwhile() {
  let isGone = false;
  return {
    Acl: async () => {
      if (isGone) return notFound();
      isGone = true;
      return "private";
    },
    Policy: () => (isGone ? notFound() : Promise.resolve("{}")),
  };
}

it("takes what is deleted while it is read for gone, not for something of which little is known", async () => {
  await expect(readParts(deletedMeanwhile())).rejects.toMatchObject({ code: "NOT_FOUND" });
});

it("leaves unknown what is still not found when it is read once more", async () => {
  const parts = await readParts({ Acl: () => Promise.resolve("private"), Policy: notFound });

  expect(parts.values).toEqual({ Acl: "private" });
  expect(parts.unknown).toEqual([{ path: "Policy", reason: "NoSuchBucket" }]);
});

it("reads once where nothing is missing", async () => {
  let times = 0;
  await readParts({ Acl: async () => ++times });

  expect(times).toBe(1);
});
