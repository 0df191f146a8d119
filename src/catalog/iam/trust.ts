import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { ResourceType } from "../../model/resource.ts";

/**
 * Which types show by a link which role a service has been given, by the service's principal without the DNS suffix. A
 * service stands here only where those types are all that can be given a role of it (CodeBuild's fleets have one, too, and
 * are in no catalog). Source: the "IAM roles for" page in
 * each service's guide.
 */
export const USERS_BY_SERVICE: Readonly<Record<string, readonly ResourceType[]>> = {
  "build.apprunner": ["AWS::AppRunner::Service"],
  cloudformation: ["AWS::CloudFormation::Stack"],
  ec2: ["AWS::IAM::InstanceProfile", "AWS::EKS::Nodegroup", "AWS::EKS::Cluster"],
  "ecs-tasks": ["AWS::ECS::TaskDefinition"],
  edgelambda: ["AWS::Lambda::Function"],
  eks: ["AWS::EKS::Cluster"],
  events: ["AWS::Events::Rule"],
  lambda: ["AWS::Lambda::Function"],
  "monitoring.rds": ["AWS::RDS::DBInstance", "AWS::RDS::DBCluster"],
  redshift: ["AWS::Redshift::Cluster"],
  s3: ["AWS::S3::Bucket"],
  scheduler: ["AWS::Scheduler::Schedule"],
  "tasks.apprunner": ["AWS::AppRunner::Service"],
};

const SUFFIX = /\.amazonaws\.(com|com\.cn|eu)$/;

const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly Json[]) : [value];

/** The services that a trust policy lets in. */
function servicesOf(trust: JsonObject): string[] {
  const allowing = listOf(trust.Statement).filter(
    (each): each is JsonObject => isJsonObject(each) && each.Effect === "Allow",
  );
  return allowing.flatMap(({ Principal }) => (isJsonObject(Principal) ? listOf(Principal.Service).map(String) : []));
}

/** Why it can't be told whether a role is in use, going by who may assume it; undefined = it can. */
export function doubtOfTrust(trust: unknown): string | undefined {
  if (!isJsonObject(trust as Json)) return "its trust policy can't be read, so it is not known who may use it";
  const unknown = servicesOf(trust as JsonObject).find(
    (service) => !Object.hasOwn(USERS_BY_SERVICE, service.replace(SUFFIX, "")),
  );
  return unknown && `it may be used by ${unknown}, of whose users Evenkeel knows nothing`;
}
