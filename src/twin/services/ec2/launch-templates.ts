import type { LaunchTemplate, LaunchTemplateVersion, RequestLaunchTemplateData } from "@aws-sdk/client-ec2";
import { AwsFault, type Call, type Stored } from "../../service.ts";
import { LAUNCH_TEMPLATE } from "./compute-kinds.ts";
import { add, type Ec2Operations, get, list, pageOf, remove, rows, tagsFor, those } from "./rows.ts";

type Template = Stored<LaunchTemplate>;
type Version = Stored<LaunchTemplateVersion>;

const LIMITS = { min: 1, max: 200 };

const versions = (call: Call) => call.table<Version>("ec2.launch-template-version");
const versionsOf = (call: Call, id: string | undefined) =>
  versions(call)
    .all()
    .filter((each) => each.LaunchTemplateId === id);

/** How a request names a template. */
export interface TemplateName {
  readonly LaunchTemplateId?: string | undefined;
  readonly LaunchTemplateName?: string | undefined;
}

export function templateFor(call: Call, { LaunchTemplateId, LaunchTemplateName }: TemplateName): Template {
  if (LaunchTemplateId || !LaunchTemplateName) return get(LAUNCH_TEMPLATE, call, LaunchTemplateId);
  const [template] = those(LAUNCH_TEMPLATE, call, (each) => each.LaunchTemplateName === LaunchTemplateName);
  if (!template)
    throw new AwsFault(
      "InvalidLaunchTemplateName.NotFoundException",
      `At least one of the launch templates specified in the request does not exist: ${LaunchTemplateName}`,
    );
  return template;
}

/** @param text a number, `$Default` or `$Latest` */
export function versionOf(call: Call, template: Template, text = "$Default"): Version {
  const numbers: Readonly<Record<string, number | undefined>> = {
    $Default: template.DefaultVersionNumber,
    $Latest: template.LatestVersionNumber,
  };
  const number = numbers[text] ?? Number(text);
  const version = versionsOf(call, template.LaunchTemplateId).find((each) => each.VersionNumber === number);
  if (!version)
    throw new AwsFault(
      "InvalidLaunchTemplateId.VersionNotFound",
      `Could not find launch template version ${text} of ${template.LaunchTemplateId}`,
    );
  return { ...version, DefaultVersion: template.DefaultVersionNumber === number };
}

function addVersion(
  call: Call,
  template: Template,
  data: Stored<RequestLaunchTemplateData>,
  description?: string,
): Version {
  const { LaunchTemplateId, LaunchTemplateName } = template;
  const VersionNumber = (template.LatestVersionNumber ?? 0) + 1;
  template.LatestVersionNumber = VersionNumber;
  return versions(call).put(`${LaunchTemplateId}:${VersionNumber}`, {
    LaunchTemplateId,
    LaunchTemplateName,
    VersionNumber,
    ...(description === undefined ? {} : { VersionDescription: description }),
    CreateTime: call.now(),
    CreatedBy: call.caller,
    LaunchTemplateData: data as NonNullable<Version["LaunchTemplateData"]>,
  });
}

export const launchTemplates: Ec2Operations = {
  CreateLaunchTemplate(input, call) {
    const name = input.LaunchTemplateName;
    if (those(LAUNCH_TEMPLATE, call, (each) => each.LaunchTemplateName === name).length > 0)
      throw new AwsFault(
        "InvalidLaunchTemplateName.AlreadyExistsException",
        `Launch template name already in use: ${name}`,
      );
    const template = add(LAUNCH_TEMPLATE, call, {
      LaunchTemplateId: call.id(LAUNCH_TEMPLATE.prefix),
      LaunchTemplateName: name,
      CreateTime: call.now(),
      CreatedBy: call.caller,
      DefaultVersionNumber: 1,
      LatestVersionNumber: 0,
      Tags: tagsFor(LAUNCH_TEMPLATE, input.TagSpecifications),
    });
    addVersion(call, template, input.LaunchTemplateData ?? {}, input.VersionDescription);
    return { LaunchTemplate: template };
  },

  CreateLaunchTemplateVersion(input, call) {
    const template = templateFor(call, input);
    const source = input.SourceVersion ? versionOf(call, template, input.SourceVersion).LaunchTemplateData : {};
    const data = { ...(source as Stored<RequestLaunchTemplateData>), ...input.LaunchTemplateData };
    return {
      LaunchTemplateVersion: { ...addVersion(call, template, data, input.VersionDescription), DefaultVersion: false },
    };
  },

  ModifyLaunchTemplate(input, call) {
    const template = templateFor(call, input);
    if (input.DefaultVersion)
      template.DefaultVersionNumber = versionOf(call, template, input.DefaultVersion).VersionNumber;
    return { LaunchTemplate: template };
  },

  DescribeLaunchTemplates(input, call) {
    const named = input.LaunchTemplateNames?.map(
      (LaunchTemplateName) => templateFor(call, { LaunchTemplateName }).LaunchTemplateId ?? "",
    );
    const { items, next } = list(LAUNCH_TEMPLATE, call, { ...input, ids: input.LaunchTemplateIds ?? named }, LIMITS);
    return { LaunchTemplates: items, NextToken: next };
  },

  /** Of one template, or of all of them `$Default`, `$Latest` or both. */
  DescribeLaunchTemplateVersions(input, call) {
    const one = input.LaunchTemplateId || input.LaunchTemplateName ? templateFor(call, input) : undefined;
    const texts = input.Versions ?? [];
    if (!one && (texts.length === 0 || texts.some((text) => !["$Default", "$Latest"].includes(text))))
      throw new AwsFault("InvalidParameterValue", "Without a launch template, specify '$Latest', '$Default' or both.");
    const asked = (template: Template) =>
      texts.length > 0
        ? texts.map((text) => versionOf(call, template, text))
        : versionsOf(call, template.LaunchTemplateId)
            .map((each) => versionOf(call, template, String(each.VersionNumber)))
            .reverse();
    const unique = (all: Version[]) => [...new Map(all.map((each) => [each.VersionNumber, each])).values()];
    const all = (one ? [one] : rows(LAUNCH_TEMPLATE, call).all()).flatMap((template) => unique(asked(template)));
    const { items, next } = pageOf(all, input, LIMITS);
    return { LaunchTemplateVersions: items, NextToken: next };
  },

  DeleteLaunchTemplateVersions(input, call) {
    const template = templateFor(call, input);
    const { LaunchTemplateId, LaunchTemplateName } = template;
    const gone = (input.Versions ?? []).map((text) => versionOf(call, template, text));
    if (gone.some((each) => each.DefaultVersion))
      throw new AwsFault("InvalidParameterValue", "The default version of a launch template can't be deleted.");
    for (const { VersionNumber } of gone) versions(call).delete(`${LaunchTemplateId}:${VersionNumber}`);
    return {
      SuccessfullyDeletedLaunchTemplateVersions: gone.map(({ VersionNumber }) => {
        return { LaunchTemplateId, LaunchTemplateName, VersionNumber };
      }),
    };
  },

  DeleteLaunchTemplate(input, call) {
    const template = templateFor(call, input);
    for (const { VersionNumber } of versionsOf(call, template.LaunchTemplateId))
      versions(call).delete(`${template.LaunchTemplateId}:${VersionNumber}`);
    remove(LAUNCH_TEMPLATE, call, template.LaunchTemplateId);
    return { LaunchTemplate: template };
  },
};
