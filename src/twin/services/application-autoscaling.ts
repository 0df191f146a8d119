import type { ScalableTarget } from "@aws-sdk/client-application-auto-scaling";
import { AwsFault, type Call, page, type Stored, service, type Table } from "../service.ts";
import { services, setDesired } from "./ecs/services.ts";

type Row = Stored<ScalableTarget>;

interface Named {
  readonly ServiceNamespace?: string | undefined;
  readonly ResourceId?: string | undefined;
  readonly ScalableDimension?: string | undefined;
}

const targets = (call: Call): Table<Row> => call.table<Row>("application-autoscaling.target");

const keyOf = ({ ServiceNamespace, ResourceId, ScalableDimension }: Named) =>
  `${ServiceNamespace}|${ResourceId}|${ScalableDimension}`;

function targetOf(call: Call, input: Named): Row {
  const row = targets(call).get(keyOf(input));
  if (!row)
    throw new AwsFault(
      "ObjectNotFoundException",
      `No scalable target found for service namespace: ${input.ServiceNamespace}, resource ID: ${input.ResourceId}, scalable dimension: ${input.ScalableDimension}`,
    );
  return row;
}

function created(call: Call, input: Partial<Row>): Row {
  if (input.MinCapacity === undefined || input.MaxCapacity === undefined)
    throw new AwsFault("ValidationException", "A new scalable target needs a minimum and a maximum capacity.");
  return {
    ServiceNamespace: input.ServiceNamespace,
    ResourceId: input.ResourceId,
    ScalableDimension: input.ScalableDimension,
    MinCapacity: input.MinCapacity,
    MaxCapacity: input.MaxCapacity,
    RoleARN: call.globalArn("iam", "role/aws-service-role/application-autoscaling"),
    CreationTime: call.now(),
    ScalableTargetARN: call.arn("application-autoscaling", `scalable-target/${call.id("", 20)}`),
    SuspendedState: {
      DynamicScalingInSuspended: false,
      DynamicScalingOutSuspended: false,
      ScheduledScalingSuspended: false,
    },
  };
}

/** Any registration brings the capacity into the bounds. Source: Application Auto Scaling API reference, RegisterScalableTarget. */
function clamp(row: Row, call: Call): void {
  if (row.ScalableDimension !== "ecs:service:DesiredCount") return;
  const found = services(call).get(row.ResourceId?.replace(/^service\//, "") ?? "");
  if (found?.status !== "ACTIVE")
    throw new AwsFault("ValidationException", `ECS service doesn't exist: ${row.ResourceId}`);
  const desired = Math.min(Math.max(found.desiredCount ?? 0, row.MinCapacity ?? 0), row.MaxCapacity ?? 0);
  setDesired(found, desired, call);
}

/** The scalable targets of other services. Policies and the alarms that act on them are not simulated. */
export const applicationautoscaling = service(
  { namespace: "com.amazonaws.applicationautoscaling", signingName: "application-autoscaling" },
  () => import("@aws-sdk/client-application-auto-scaling"),
  {
    RegisterScalableTarget(input, call) {
      const present = targets(call).get(keyOf(input));
      const { MinCapacity, MaxCapacity, SuspendedState } = input;
      const before = present ?? created(call, input as Partial<Row>);
      const row: Row = {
        ...before,
        ...(MinCapacity === undefined ? {} : { MinCapacity }),
        ...(MaxCapacity === undefined ? {} : { MaxCapacity }),
        SuspendedState: { ...before.SuspendedState, ...SuspendedState },
      };
      if ((row.MinCapacity ?? 0) > (row.MaxCapacity ?? 0))
        throw new AwsFault("ValidationException", "Maximum capacity cannot be less than minimum capacity.");
      clamp(row, call);
      targets(call).put(keyOf(input), row);
      return { ScalableTargetARN: row.ScalableTargetARN };
    },
    DescribeScalableTargets(input, call) {
      const found = targets(call)
        .all()
        .filter(({ ServiceNamespace }) => ServiceNamespace === input.ServiceNamespace)
        .filter(({ ResourceId }) => !input.ResourceIds || (input.ResourceIds as string[]).includes(ResourceId ?? ""))
        .filter((row) => !input.ScalableDimension || row.ScalableDimension === input.ScalableDimension);
      const request = { token: input.NextToken, max: input.MaxResults };
      const { items, next } = page(found, request, { max: 50, invalid: "ValidationException" });
      return { ScalableTargets: items, NextToken: next };
    },
    DeregisterScalableTarget(input, call) {
      targetOf(call, input);
      targets(call).delete(keyOf(input));
    },
  },
);
