import {
  type EC2Client,
  type Filter,
  paginateDescribeInstances,
  paginateDescribeSpotInstanceRequests,
  paginateDescribeVolumes,
  StartInstancesCommand,
  StopInstancesCommand,
  type Volume,
} from "@aws-sdk/client-ec2";
import { batched } from "../batching.ts";
import { collect } from "../reading.ts";

/* What is read and done for many instances at once, so that a pause of hundreds takes a handful of calls. */

/** Values of one filter. Source: EC2 API reference, "Filter", and "List and filter using the CLI and API". */
const FILTER_VALUES = 200;
const PAGE = 1000;
/** AWS takes more; so few do not empty its bucket of resource tokens at once. Source: EC2 developer guide, "Request throttling". */
const CHANGED_AT_ONCE = 100;

/** Filters instead of ids: a bulk describe by ids fails as a whole when one of them is gone. */
function among(Name: string, Values: readonly string[]): { Filters: Filter[] } {
  return { Filters: [{ Name, Values: [...Values] }] };
}

/** One instance; undefined = not there. */
export const instanceById = batched(FILTER_VALUES, async (client: EC2Client, ids) => {
  const pages = paginateDescribeInstances({ client, pageSize: PAGE }, among("instance-id", ids));
  const reservations = await collect(pages, (page) => page.Reservations);
  const found = reservations.flatMap(({ Instances }) => Instances ?? []);
  const byId = new Map(found.map((each) => [each.InstanceId, each]));
  return (id) => byId.get(id);
});

export const spotRequestById = batched(FILTER_VALUES, async (client: EC2Client, ids) => {
  const asked = among("spot-instance-request-id", ids);
  const pages = paginateDescribeSpotInstanceRequests({ client, pageSize: PAGE }, asked);
  const requests = await collect(pages, (page) => page.SpotInstanceRequests);
  const byId = new Map(requests.map((each) => [each.SpotInstanceRequestId, each]));
  return (id) => byId.get(id);
});

/** The volumes that are attached to an instance. */
export const volumesOfInstance = batched(FILTER_VALUES, async (client: EC2Client, ids) => {
  const pages = paginateDescribeVolumes({ client, pageSize: 500 }, among("attachment.instance-id", ids));
  const volumes = await collect(pages, (page) => page.Volumes);
  const isOn = ({ Attachments }: Volume, id: string) => Attachments?.some(({ InstanceId }) => InstanceId === id);
  return (id) => volumes.filter((volume) => isOn(volume, id));
});

/** AWS stops all that are named or none of them. */
export const stopInstance = batched(CHANGED_AT_ONCE, async (client: EC2Client, ids) => {
  await client.send(new StopInstancesCommand({ InstanceIds: [...ids] }));
  return () => undefined;
});

export const hibernateInstance = batched(CHANGED_AT_ONCE, async (client: EC2Client, ids) => {
  await client.send(new StopInstancesCommand({ InstanceIds: [...ids], Hibernate: true }));
  return () => undefined;
});

/** AWS starts all that are named or none of them. */
export const startInstance = batched(CHANGED_AT_ONCE, async (client: EC2Client, ids) => {
  await client.send(new StartInstancesCommand({ InstanceIds: [...ids] }));
  return () => undefined;
});
