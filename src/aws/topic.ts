import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { isArn, parseArn } from "../model/arn.ts";
import { region } from "../model/brand.ts";
import { EvenkeelError } from "../model/errors.ts";
import type { Connection } from "./connection.ts";

/** Something that people are told by way of a topic. */
export interface Notice {
  readonly subject: string;
  readonly text: string;
  /** For filters of subscriptions: `event` -> `shed`. Names are of letters, digits, `_`, `-` and `.`; an empty value is left out. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Where the whole stands, said at the end of a text that is too long: `evenkeel shed status`. */
  readonly whole: string;
}

/** Source: SNS API reference, Publish: a message of at most 262,144 bytes, a subject of less than 100 characters. */
const LARGEST_MESSAGE = 262_144;
const LONGEST_SUBJECT = 99;

/** @throws EvenkeelError USAGE for what is no standard topic's ARN; what the call throws */
export async function publish(connection: Connection, topicArn: string, notice: Notice): Promise<void> {
  const client = connection.client(SNSClient, regionOf(topicArn), "write");
  const subject = plain(notice.subject);
  const attributes = Object.entries(notice.attributes).filter(([, value]) => value !== "");
  const taken = attributes.reduce((sum, [name, value]) => sum + Buffer.byteLength(`${name}String${value}`), 0);
  await client.send(
    new PublishCommand({
      TopicArn: topicArn,
      Message: fitting(notice, LARGEST_MESSAGE - taken - Buffer.byteLength(subject)),
      ...(subject === "" ? {} : { Subject: subject }),
      MessageAttributes: Object.fromEntries(
        attributes.map(([name, value]) => [name, { DataType: "String", StringValue: value }]),
      ),
    }),
  );
}

/** @throws EvenkeelError USAGE for what is no standard topic's ARN: nothing has been called then */
export function checkTopic(topicArn: string): void {
  regionOf(topicArn);
}

function regionOf(topicArn: string) {
  if (isArn(topicArn) && !topicArn.endsWith(".fifo")) {
    const { service, region: code } = parseArn(topicArn);
    if (service === "sns" && code !== "") return region(code);
  }
  throw new EvenkeelError("USAGE", `not the ARN of a standard SNS topic: ${topicArn}`, {
    hint: "for example arn:aws:sns:eu-west-1:123456789012:alerts",
  });
}

/** Subjects go into mail headers: ASCII without control characters, and no space in front. */
function plain(subject: string): string {
  return subject
    .replace(/\s+/g, " ")
    .replace(/[^ -~]/gu, "?")
    .trim()
    .slice(0, LONGEST_SUBJECT);
}

/** The text, cut between two characters where it is too long. */
function fitting({ text, whole }: Notice, room: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= room) return text;
  const end = `\n[cut; the whole: ${whole}]`;
  let at = room - Buffer.byteLength(end);
  // In UTF-8 the bytes behind a character's first begin with 10.
  while (((bytes[at] ?? 0) & 0xc0) === 0x80) at--;
  return bytes.subarray(0, at).toString("utf8") + end;
}
