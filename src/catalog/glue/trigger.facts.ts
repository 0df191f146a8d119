import type { Facts } from "../contract.ts";

export const facts = {
  type: "AWS::Glue::Trigger",
  short: "glue:trigger",
  title: "Glue trigger",
  group: "management",
  scope: "regional",
  arn: "arn:{partition}:glue:{region}:{account}:trigger/{id}",
  shape: { sdk: "client-glue", name: "Trigger" },
  // The state of a trigger is a setting, and stays.
  volatile: [],
  // What a job is started with may carry anything, passwords of data sources among it.
  secret: ["Actions[].Arguments.*"],
  unordered: [],
  links: [
    { kind: "member-of", to: "AWS::Glue::Workflow", path: "WorkflowName" },
    { kind: "uses", to: "AWS::Glue::Job", path: "Actions[].JobName" },
    { kind: "uses", to: "AWS::Glue::Crawler", path: "Actions[].CrawlerName" },
    { kind: "uses", to: "AWS::Glue::SecurityConfiguration", path: "Actions[].SecurityConfiguration" },
    { kind: "uses", to: "AWS::Glue::Job", path: "Predicate.Conditions[].JobName" },
    { kind: "uses", to: "AWS::Glue::Crawler", path: "Predicate.Conditions[].CrawlerName" },
  ],
  iam: {
    list: ["glue:GetTriggers", "tag:GetResources"],
    read: ["glue:GetTrigger", "tag:GetResources"],
  },
  pause: {
    stage: "triggers",
    how: "deactivated",
    keepsCosting: ["the runs of its jobs and crawlers that are under way"],
    patienceMinutes: 5,
    iam: { capture: ["glue:GetTrigger"], pause: ["glue:StopTrigger"], resume: ["glue:StartTrigger"] },
  },
  removal: {
    how: "deleted",
    loses: [],
    patienceMinutes: 5,
    iam: { inspect: [], remove: ["glue:DeleteTrigger"] },
  },
  sources: [
    "https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteTrigger.html",
    "https://docs.aws.amazon.com/glue/latest/webapi/API_Trigger.html",
    "https://docs.aws.amazon.com/glue/latest/webapi/API_StartTrigger.html",
    "https://docs.aws.amazon.com/glue/latest/webapi/API_StopTrigger.html",
    "https://docs.aws.amazon.com/glue/latest/dg/about-triggers.html",
    "https://docs.aws.amazon.com/glue/latest/dg/trigger-job.html",
  ],
} as const satisfies Facts;
