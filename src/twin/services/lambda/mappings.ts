import type { EventSourceMappingConfiguration } from "@aws-sdk/client-lambda";
import { depart, present } from "../../departing.ts";
import { arrive, forget, later } from "../../moving.ts";
import { AwsFault, type Call, type Operations, type Stored, type Table } from "../../service.ts";
import { functionNamed, marked, nameOf, notFound } from "./function.ts";

type Lambda = typeof import("@aws-sdk/client-lambda");

export interface MappingRow {
  mapping: Stored<EventSourceMappingConfiguration>;
  tags: Record<string, string>;
}

/** How long a mapping takes to begin or to end its polling. */
const TURN_MS = 20_000;

const KIND = "lambda.event-source-mapping";

export const mappings = (call: Call): Table<MappingRow> => present<MappingRow>(call, KIND);

function mappingWithId(call: Call, uuid: string | undefined): MappingRow {
  const row = mappings(call).get(uuid ?? "");
  if (!row) throw notFound("The resource you requested does not exist.");
  return settled(row, call);
}

/** A mapping is enabled or disabled when its time has come. */
function settled(row: MappingRow, call: Call): MappingRow {
  arrive(call, moveOf(row), row.mapping);
  return row;
}

const moveOf = ({ mapping }: MappingRow) => `lambda.event-source-mapping ${mapping.UUID}`;

function turn(row: MappingRow, call: Call, enabled: boolean): void {
  if (row.mapping.State === stateOf(enabled)) return;
  row.mapping.State = enabled ? "Enabling" : "Disabling";
  later(call, moveOf(row), TURN_MS, { State: stateOf(enabled) });
}

/** Source: API reference, UpdateEventSourceMapping, ResourceInUseException. */
function refuseMoving({ mapping: { State } }: MappingRow): void {
  if (State === "Enabling" || State === "Disabling" || State === "Deleting")
    throw new AwsFault(
      "ResourceInUseException",
      `Cannot update the event source mapping because it is in use: it is ${State}.`,
    );
}

/** Members of a request that answers do not repeat. */
function settingsOf(input: object): Partial<MappingRow["mapping"]> {
  const foreign = ["FunctionName", "Enabled", "Tags", "UUID"];
  return Object.fromEntries(Object.entries(input).filter(([name]) => !foreign.includes(name)));
}

const stateOf = (enabled: boolean | undefined) => (enabled === false ? "Disabled" : "Enabled");

/** Streams have settings of their own; -1 = no limit. Source: API reference, CreateEventSourceMapping. */
function defaults(source: string): Partial<MappingRow["mapping"]> {
  if (!/:(kinesis|dynamodb):/.test(source)) return { BatchSize: 10, MaximumBatchingWindowInSeconds: 0 };
  return {
    BatchSize: 100,
    MaximumBatchingWindowInSeconds: 0,
    ParallelizationFactor: 1,
    MaximumRecordAgeInSeconds: -1,
    BisectBatchOnFunctionError: false,
    MaximumRetryAttempts: -1,
    TumblingWindowInSeconds: 0,
    DestinationConfig: { OnFailure: {} },
    LastProcessingResult: "No records processed",
  };
}

export const mappingOperations = {
  CreateEventSourceMapping(input, call) {
    const { FunctionArn } = functionNamed(call, input.FunctionName).configuration;
    const source = input.EventSourceArn ?? "";
    const same = mappings(call)
      .all()
      .find(({ mapping }) => mapping.EventSourceArn === source && mapping.FunctionArn === FunctionArn);
    if (same && source)
      throw new AwsFault(
        "ResourceConflictException",
        `The event source arn (" ${source} ") and function (" ${nameOf(FunctionArn)} ") provided mapping already exists. Please update or delete the existing mapping with UUID ${same.mapping.UUID}`,
        409,
      );
    const UUID = call.uuid();
    const mapping: MappingRow["mapping"] = {
      FunctionResponseTypes: [],
      ...defaults(source),
      ...settingsOf(input),
      UUID,
      FunctionArn,
      EventSourceMappingArn: call.arn("lambda", `event-source-mapping:${UUID}`),
      LastModified: call.now(),
      State: stateOf(input.Enabled),
      StateTransitionReason: "USER_INITIATED",
    };
    mappings(call).put(UUID, { mapping, tags: { ...(input.Tags as Record<string, string> | undefined) } });
    return mapping;
  },
  GetEventSourceMapping: (input, call) => mappingWithId(call, input.UUID).mapping,
  ListEventSourceMappings(input, call) {
    const found = mappings(call)
      .all()
      .map((row) => settled(row, call).mapping)
      .filter(({ EventSourceArn }) => !input.EventSourceArn || EventSourceArn === input.EventSourceArn)
      .filter(({ FunctionArn }) => !input.FunctionName || nameOf(FunctionArn) === nameOf(input.FunctionName));
    const { cut, NextMarker } = marked(found, input, 100);
    return { EventSourceMappings: cut, NextMarker };
  },
  UpdateEventSourceMapping(input, call) {
    const row = mappingWithId(call, input.UUID);
    refuseMoving(row);
    const { mapping } = row;
    Object.assign(mapping, settingsOf(input), { LastModified: call.now() });
    if (input.FunctionName) mapping.FunctionArn = functionNamed(call, input.FunctionName).configuration.FunctionArn;
    if (input.Enabled !== undefined) turn(row, call, input.Enabled);
    return mapping;
  },
  DeleteEventSourceMapping(input, call) {
    const row = mappingWithId(call, input.UUID);
    refuseMoving(row);
    row.mapping.State = "Deleting";
    forget(call, moveOf(row));
    depart(call, KIND, row.mapping.UUID ?? "", TURN_MS);
    return row.mapping;
  },
} satisfies Operations<Lambda>;
