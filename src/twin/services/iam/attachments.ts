import type { Call, Operations } from "../../service.ts";
import { policyAt } from "./policies.ts";
import { encoded, groupNamed, marked, noSuch, type Principal, roleNamed, userNamed } from "./rows.ts";

type Iam = typeof import("@aws-sdk/client-iam");

interface Paging {
  Marker?: string | undefined;
  MaxItems?: number | undefined;
}

interface Inline {
  PolicyName?: string | undefined;
  PolicyDocument?: string | undefined;
}

function inlineOf(principal: Principal, name: string | undefined) {
  const document = principal.inline[name ?? ""];
  if (document === undefined) throw noSuch(`The ${principal.kind} policy with name ${name} cannot be found.`);
  return { PolicyName: name, PolicyDocument: encoded(document) };
}

function putInline(principal: Principal, { PolicyName = "", PolicyDocument = "" }: Inline): void {
  principal.inline[PolicyName] = PolicyDocument;
}

function deleteInline(principal: Principal, name: string | undefined): void {
  inlineOf(principal, name);
  delete principal.inline[name ?? ""];
}

function listInline(principal: Principal, paging: Paging) {
  const { items, rest } = marked(Object.keys(principal.inline), paging);
  return { PolicyNames: items, ...rest };
}

function attach(call: Call, principal: Principal, arn: string | undefined): void {
  principal.attached = [...new Set([...principal.attached, policyAt(call, arn).arn])];
}

function detach(principal: Principal, arn: string | undefined): void {
  if (!principal.attached.includes(arn ?? "")) throw noSuch(`Policy ${arn} was not found.`);
  principal.attached = principal.attached.filter((each) => each !== arn);
}

export const attachment = (arn: string) => ({ PolicyName: arn.slice(arn.lastIndexOf("/") + 1), PolicyArn: arn });

function listAttached(principal: Principal, paging: Paging) {
  const { items, rest } = marked(principal.attached.map(attachment), paging);
  return { AttachedPolicies: items, ...rest };
}

/** Inline and attached policies: the same for roles, users and groups. */
export const attachmentOperations = {
  PutRolePolicy: (input, call) => putInline(roleNamed(call, input.RoleName), input),
  PutUserPolicy: (input, call) => putInline(userNamed(call, input.UserName), input),
  PutGroupPolicy: (input, call) => putInline(groupNamed(call, input.GroupName), input),

  GetRolePolicy: (input, call) => ({
    RoleName: input.RoleName,
    ...inlineOf(roleNamed(call, input.RoleName), input.PolicyName),
  }),
  GetUserPolicy: (input, call) => ({
    UserName: input.UserName,
    ...inlineOf(userNamed(call, input.UserName), input.PolicyName),
  }),
  GetGroupPolicy: (input, call) => ({
    GroupName: input.GroupName,
    ...inlineOf(groupNamed(call, input.GroupName), input.PolicyName),
  }),

  DeleteRolePolicy: (input, call) => deleteInline(roleNamed(call, input.RoleName), input.PolicyName),
  DeleteUserPolicy: (input, call) => deleteInline(userNamed(call, input.UserName), input.PolicyName),
  DeleteGroupPolicy: (input, call) => deleteInline(groupNamed(call, input.GroupName), input.PolicyName),

  ListRolePolicies: (input, call) => listInline(roleNamed(call, input.RoleName), input),
  ListUserPolicies: (input, call) => listInline(userNamed(call, input.UserName), input),
  ListGroupPolicies: (input, call) => listInline(groupNamed(call, input.GroupName), input),

  AttachRolePolicy: (input, call) => attach(call, roleNamed(call, input.RoleName), input.PolicyArn),
  AttachUserPolicy: (input, call) => attach(call, userNamed(call, input.UserName), input.PolicyArn),
  AttachGroupPolicy: (input, call) => attach(call, groupNamed(call, input.GroupName), input.PolicyArn),

  DetachRolePolicy: (input, call) => detach(roleNamed(call, input.RoleName), input.PolicyArn),
  DetachUserPolicy: (input, call) => detach(userNamed(call, input.UserName), input.PolicyArn),
  DetachGroupPolicy: (input, call) => detach(groupNamed(call, input.GroupName), input.PolicyArn),

  ListAttachedRolePolicies: (input, call) => listAttached(roleNamed(call, input.RoleName), input),
  ListAttachedUserPolicies: (input, call) => listAttached(userNamed(call, input.UserName), input),
  ListAttachedGroupPolicies: (input, call) => listAttached(groupNamed(call, input.GroupName), input),
} satisfies Operations<Iam>;
