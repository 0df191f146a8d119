import type { Connection } from "../aws/connection.ts";
import type { Host } from "../io/host.ts";
import type { Clock } from "../model/clock.ts";
import type { Surroundings } from "./door.ts";
import type { Settings } from "./settings.ts";

/**
 * Signs in as the settings say. The AWS clients load here.
 * @param signal cuts calls off; absent = Ctrl-C does
 */
export async function openConnection(
  settings: Settings,
  { around, host, clock }: { around: Surroundings; host: Host; clock: Clock },
  signal: AbortSignal = around.signal,
): Promise<Connection> {
  const connect = around.connect ?? (await import("../aws/session.ts")).connect;
  const { profile, roleArn, externalId, mfaSerial, endpointUrl, headRoom } = settings;
  return connect({
    clock,
    signal,
    profile: profile.value,
    roleArn: roleArn.value,
    externalId: externalId.value,
    mfaSerial: mfaSerial.value,
    mfaCode: () =>
      host.ask({ kind: "text", text: `Code of ${mfaSerial.value ?? "the MFA device"}`, default: "", secret: true }),
    onWarning: (text) => host.tell({ kind: "warning", text }),
    region: signInRegion(settings),
    endpoint: endpointUrl.value,
    headRoom: headRoom.value,
  });
}

/** A region that was typed also says which partition is meant; else AWS_REGION; else what the profile says. */
function signInRegion({ regions, defaultRegion }: Settings): string | undefined {
  const first = regions.value?.find((each) => each !== "global");
  return regions.source.kind === "flag" ? (first ?? defaultRegion.value) : (defaultRegion.value ?? first);
}
