import { DescribeReservedInstancesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { paginateDescribeReservedDBInstances, RDSClient } from "@aws-sdk/client-rds";
import type { Region } from "../model/brand.ts";
import type { Connection } from "./connection.ts";

/** What a Reserved Instance can pay for: EC2 instance types, and RDS classes. */
export type Reservable = "ec2" | "rds";

/** The types of active reservations in a region, `m5.large`. @throws EvenkeelError when they can't be read */
export function activeReservations(connection: Connection, region: Region, kind: Reservable): Promise<string[]> {
  return READ[kind](connection, region);
}

const READ: Readonly<Record<Reservable, (connection: Connection, region: Region) => Promise<string[]>>> = {
  async ec2({ client }, region) {
    const Filters = [{ Name: "state", Values: ["active"] }];
    const answer = await client(EC2Client, region, "read").send(new DescribeReservedInstancesCommand({ Filters }));
    return (answer.ReservedInstances ?? []).map(({ InstanceType }) => InstanceType ?? "");
  },
  async rds({ client }, region) {
    const types: string[] = [];
    const paging = { client: client(RDSClient, region, "read"), pageSize: 100 };
    for await (const page of paginateDescribeReservedDBInstances(paging, {}))
      for (const { State, DBInstanceClass } of page.ReservedDBInstances ?? [])
        if (State === "active") types.push(DBInstanceClass ?? "");
    return types;
  },
};

/** `m5.large` -> `m5`, `db.r6g.large` -> `db.r6g`: a reservation may pay for other sizes of its family. */
export function familyOf(type: string): string {
  return type.slice(0, type.lastIndexOf("."));
}
