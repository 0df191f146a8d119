import { CreateSnapshotCommand, DeleteVolumeCommand, DescribeSnapshotsCommand, EC2Client } from "@aws-sdk/client-ec2";
import type { Removal } from "../contract.ts";

export const removal: Removal = {
  inspect: ({ state = "in an unknown state" }) =>
    state === "deleting" ? { leaving: true, words: state } : { words: state },

  backup: {
    /** By volume and name: the volume may have been copied by others, too. */
    async look(scope, id, name) {
      const Filters = [
        { Name: "volume-id", Values: [id] },
        { Name: "tag:Name", Values: [name] },
      ];
      const asked = new DescribeSnapshotsCommand({ OwnerIds: ["self"], Filters });
      const states = (await scope.client(EC2Client).send(asked)).Snapshots?.map(({ State }) => State) ?? [];
      if (states.includes("completed")) return "done";
      return states.includes("pending") ? "moving" : "none";
    },
    take: (scope, { id }, name) =>
      scope.writer(EC2Client).send(
        new CreateSnapshotCommand({
          VolumeId: id,
          Description: `kept of ${id} when it was removed`,
          TagSpecifications: [{ ResourceType: "snapshot", Tags: [{ Key: "Name", Value: name }] }],
        }),
      ),
  },

  remove: (scope, { id }) => scope.writer(EC2Client).send(new DeleteVolumeCommand({ VolumeId: id })),
};
