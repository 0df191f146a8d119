import { AwsFault, page, service, tagList, tagMap } from "../../service.ts";
import { begin, createdService, rowAt, rowNow, scaling, services } from "./service-row.ts";

export const apprunner = service(
  { namespace: "com.amazonaws.apprunner", signingName: "apprunner" },
  () => import("@aws-sdk/client-apprunner"),
  {
    CreateService(input, call) {
      const others = services(call)
        .all()
        .map((row) => rowNow(row, call).service);
      if (others.some(({ ServiceName, Status }) => ServiceName === input.ServiceName && Status !== "DELETED"))
        throw new AwsFault(
          "InvalidRequestException",
          `Service with the provided name already exists: ${input.ServiceName}.`,
        );
      const row = createdService(input, call);
      const made = services(call).put(row.ServiceArn ?? "", { service: row, tags: tagMap(input.Tags) });
      return begin(call, made, { from: ["RUNNING"], to: "RUNNING" });
    },
    DescribeService(input, call) {
      return { Service: rowAt(call, input.ServiceArn).service };
    },
    ListServices(input, call) {
      const all = services(call)
        .all()
        .map((row) => rowNow(row, call).service);
      const limits = { max: 20, invalid: "InvalidRequestException" };
      const { items, next } = page(all, { token: input.NextToken, max: input.MaxResults }, limits);
      const shown = items.map(({ ServiceName, ServiceId, ServiceArn, ServiceUrl, CreatedAt, UpdatedAt, Status }) => ({
        ServiceName,
        ServiceId,
        ServiceArn,
        ServiceUrl,
        CreatedAt,
        UpdatedAt,
        Status,
      }));
      return { ServiceSummaryList: shown, NextToken: next };
    },
    UpdateService(input, call) {
      const row = rowAt(call, input.ServiceArn);
      const { ServiceArn: _, AutoScalingConfigurationArn: arn, ...settings } = input;
      const answer = begin(call, row, { from: ["RUNNING", "CREATE_FAILED"], to: "RUNNING" });
      Object.assign(row.service, settings, arn ? { AutoScalingConfigurationSummary: scaling(call, arn) } : {});
      return answer;
    },
    PauseService(input, call) {
      return begin(call, rowAt(call, input.ServiceArn), { from: ["RUNNING"], to: "PAUSED" });
    },
    ResumeService(input, call) {
      return begin(call, rowAt(call, input.ServiceArn), { from: ["PAUSED"], to: "RUNNING" });
    },
    DeleteService(input, call) {
      return begin(call, rowAt(call, input.ServiceArn), {
        from: ["RUNNING", "PAUSED", "CREATE_FAILED", "DELETE_FAILED"],
        to: "DELETED",
      });
    },
    TagResource(input, call) {
      Object.assign(rowAt(call, input.ResourceArn).tags, tagMap(input.Tags));
    },
    UntagResource(input, call) {
      const { tags } = rowAt(call, input.ResourceArn);
      for (const key of input.TagKeys ?? []) delete tags[key];
    },
    ListTagsForResource(input, call) {
      return { Tags: tagList(rowAt(call, input.ResourceArn).tags) };
    },
  },
);
