import { describe, expect, it } from "vitest";
import { lengthOf, offers } from "./profile.ts";
import { parseProfile } from "./profile-csv.ts";

const errorOf = (text: string): string => {
  try {
    parseProfile(text, "load.csv");
  } catch (error) {
    return (error as Error).message;
  }
  return "no error";
};

describe("a load from CSV", () => {
  it("is the rate of each line up to the next, the last as long as the one before it", () => {
    const profile = parseProfile("\uFEFFseconds,rps\r\n100, 50\r\n160,120.5\r\n\r\n190,0\r\n", "load.csv");

    expect(lengthOf(profile)).toBe(120);
    expect(offers(profile)(0, 120)).toBe(60 * 50 + 30 * 120.5);
  });

  it("loses nothing, however the time is cut", () => {
    const profile = parseProfile("seconds,rps\n0,7\n3,11\n4,0\n11,5\n", "load.csv");
    const offered = offers(profile);
    let sum = 0;
    for (let second = 0; second < lengthOf(profile); second += 5) sum += offered(second, second + 5);

    expect(sum).toBeCloseTo(3 * 7 + 11 + 7 * 5, 9);
  });

  it.each([
    ["", 'load.csv:1: the heading is not "seconds,rps"'],
    ["time,load\n0,1\n", 'load.csv:1: the heading is not "seconds,rps"'],
    ["seconds,rps\n0,50\n", "load.csv:1: a profile needs two lines of values or more: one has no length"],
    ["seconds,rps\n0,50\n60,many\n", 'load.csv:3: rps is "many": not a number'],
    ["seconds,rps\n0,50\n\n60,\n", 'load.csv:4: rps is "": not a number'],
    ["seconds,rps\n0,50\n60,1e999\n", 'load.csv:3: rps is "1e999": not a number'],
    ["seconds,rps\n0,50\n60,-1\n", "load.csv:3: rps is -1: less than nothing"],
    ["seconds,rps\n0,50\n60\n", "load.csv:3: 1 values instead of 2"],
    ["seconds,rps\n0,50\n60,1,2\n", "load.csv:3: 3 values instead of 2"],
    ["seconds,rps\n60,50\n60,20\n", "load.csv:3: second 60 does not come after second 60"],
    ["seconds,rps\n60,50\n0,20\n", "load.csv:3: second 0 does not come after second 60"],
    ["seconds,rps\n0,50\n9999999,20\n", "load.csv:3: the profile is longer than 14 days"],
  ])("is refused with its line: %j", (text, message) => {
    expect(errorOf(text)).toBe(message);
  });
});
