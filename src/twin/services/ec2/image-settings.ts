import { AwsFault } from "../../service.ts";
import { IMAGE } from "./compute-kinds.ts";
import { type Ec2Operations, get } from "./rows.ts";

const DONE = { Return: true };

/** Accounts that an image is shared with. */
interface Launchers {
  users: string[];
}

/** What is changed of an image after it was registered. */
export const imageSettings: Ec2Operations = {
  ModifyImageAttribute(input, call) {
    const image = get(IMAGE, call, input.ImageId);
    image.Description = input.Description?.Value ?? image.Description;
    const { Add: added = [], Remove: removed = [] } = input.LaunchPermission ?? {};
    if (removed.some((each) => each.Group === "all")) image.Public = false;
    if (added.some((each) => each.Group === "all")) image.Public = true;
    const launchers = call.table<Launchers>("ec2.image-launchers");
    const { users } = launchers.get(image.ImageId ?? "") ?? { users: [] };
    const come = added.flatMap((each) => each.UserId ?? []);
    const stays = (user: string) => !removed.some((each) => each.UserId === user);
    launchers.put(image.ImageId ?? "", { users: [...new Set([...users, ...come])].filter(stays) });
  },

  DescribeImageAttribute(input, call) {
    const { ImageId, Public, Description } = get(IMAGE, call, input.ImageId);
    if (input.Attribute === "description") return { ImageId, Description: { Value: Description } };
    if (input.Attribute !== "launchPermission")
      throw new AwsFault("InvalidParameterValue", `${input.Attribute} is no attribute`);
    const { users } = call.table<Launchers>("ec2.image-launchers").get(ImageId ?? "") ?? { users: [] };
    return {
      ImageId,
      LaunchPermissions: [...(Public ? [{ Group: "all" }] : []), ...users.map((UserId) => ({ UserId }))],
    };
  },

  DisableImage(input, call) {
    get(IMAGE, call, input.ImageId).State = "disabled";
    return DONE;
  },

  EnableImage(input, call) {
    get(IMAGE, call, input.ImageId).State = "available";
    return DONE;
  },

  EnableImageDeprecation(input, call) {
    get(IMAGE, call, input.ImageId).DeprecationTime = new Date(input.DeprecateAt ?? 0).toISOString();
    return DONE;
  },

  DisableImageDeprecation(input, call) {
    delete get(IMAGE, call, input.ImageId).DeprecationTime;
    return DONE;
  },

  EnableImageDeregistrationProtection(input, call) {
    const kind = input.WithCooldown ? "enabled-with-cooldown" : "enabled-without-cooldown";
    get(IMAGE, call, input.ImageId).DeregistrationProtection = kind;
    return { Return: "true" };
  },

  DisableImageDeregistrationProtection(input, call) {
    get(IMAGE, call, input.ImageId).DeregistrationProtection = "disabled";
    return { Return: "true" };
  },
};
