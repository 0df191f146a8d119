import type { Connection } from "../aws/connection.ts";
import type { RawSelection } from "../engine/selection.ts";
import { type Paint, painter, wantsColour } from "../io/colour.ts";
import type { Host } from "../io/host.ts";
import { type Output, streamOutput } from "../io/output.ts";
import { asciiOnly, type Symbols, symbols } from "../io/screen.ts";
import { systemClock } from "../io/system-clock.ts";
import type { Clock } from "../model/clock.ts";
import { type Format, type RenderOptions, type Report, renderReport } from "../report/format.ts";
import type { Store } from "../store/store.ts";
import type { OfflineContext, VerbContext } from "../verbs/context.ts";
import type { Given } from "./command.ts";
import { type ConfigFile, findConfig, readConfig } from "./config-file.ts";
import type { Door, Surroundings } from "./door.ts";
import { guardsIn } from "./guards.ts";
import { openConnection } from "./open-connection.ts";
import type { SELECTION_OPTIONS } from "./options.ts";
import { createHost } from "./presentation.ts";
import { findSavedConfig } from "./saved-config.ts";
import { loudness, resolveSettings, type Settings } from "./settings.ts";

/** What a command works in: settings, host, output, and ways to the account and the store that open on first use. */
export interface Frame {
  readonly settings: Settings;
  readonly configFile: ConfigFile | undefined;
  /** What `evenkeel setup` has saved before. */
  readonly savedFile: ConfigFile | undefined;
  readonly around: Surroundings;
  /** Everything that can be typed. */
  readonly words: Door["words"];
  readonly host: Host;
  /** Whether a person is there to answer. */
  readonly asks: boolean;
  readonly output: Output;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly render: RenderOptions;
  readonly paint: Paint;
  readonly symbols: Symbols;
  connect(): Promise<Connection>;
  store(): Promise<Store>;
  /** Another store than the run's own: a backup of it. */
  storeAt(url: string): Promise<Store>;
  offline(): Promise<OfflineContext>;
  online(): Promise<VerbContext>;
  /** The same account through calls that a first Ctrl-C does not cut off: for changes, which are finished once begun. */
  enduring(): Promise<VerbContext>;
  /** The selection options with the regions in effect, without absent members. */
  selection(given: Given<typeof SELECTION_OPTIONS>): RawSelection;
  /** Writes a result in the form that `--output` names. */
  show(report: Report): Promise<void>;
  /** Says what a person might want next; not to machines. */
  next(...commands: readonly string[]): void;
  /** Says that this very command line without a switch is next: a plan that was looked at is made of the same selection. */
  nextWithout(word: string): void;
  /** The same command line once more, with what has been saved meanwhile. */
  reopen(): Promise<Frame>;
  /** Says how a list that is longer than the screen is made shorter. */
  narrow(rows: number, how: string): void;
}

/** @throws EvenkeelError USAGE or BAD_CONFIG: nothing has been called then */
export async function openFrame(
  door: Door,
  formats: readonly string[],
  given: Readonly<Record<string, unknown>>,
): Promise<Frame> {
  const { surroundings: around, words } = door;
  const { env, signal } = around;
  const configPath = findConfig({
    named: (given.config as string | undefined) ?? (env.EVENKEEL_CONFIG || undefined),
    ...around,
  });
  const configFile = configPath === undefined ? undefined : await readConfig(configPath);
  const savedPath = findSavedConfig(around.home);
  const saved = savedPath === undefined ? undefined : await readConfig(savedPath);
  const settings = resolveSettings({ given, env, file: configFile, saved, formats });
  const { color, input, output: format } = settings;
  const host = createHost(
    {
      json: format.value === "json",
      loudness: loudness(settings),
      color: color.value,
      input: input.value,
    },
    around,
  );
  const clock = around.clock ?? systemClock;
  const output = streamOutput(around.stdout);
  const ascii = asciiOnly(env, around.platform);
  const colour = wantsColour({ wanted: color.value, isTerminal: output.isTerminal, env });
  const render: RenderOptions = { colour, ascii, ...(output.width ? { width: output.width } : {}) };

  const connect = once(() => openConnection(settings, { around, host, clock }));
  const storeAt = async (url: string) => {
    const { openFrameStore } = await import("./open-store.ts");
    return openFrameStore(url, connect);
  };
  const store = once(() => storeAt(settings.store.value));
  const backupUrl = settings.backup.value;
  const backup = backupUrl === undefined ? {} : { backup: once(() => storeAt(backupUrl)) };
  const guards = guardsIn(configFile);
  const tellNext = (lines: readonly string[]) => {
    if (format.value === "table") host.tell({ kind: "info", text: `Next: ${lines.join("\n      ")}` });
  };
  const offline = async () => ({ host, clock, signal, store: await store() });

  return {
    settings,
    configFile,
    savedFile: saved,
    around,
    words,
    host,
    asks: input.value && around.stdinIsTerminal && around.stderr.isTTY === true,
    output,
    clock,
    signal,
    render,
    paint: painter(colour),
    symbols: symbols(ascii),
    connect,
    store,
    storeAt,
    offline,
    online: async () => ({ ...(await offline()), ...backup, guards, connection: await connect() }),
    enduring: async () => ({
      ...(await offline()),
      ...backup,
      guards,
      connection: await openConnection(settings, { around, host, clock }, new AbortController().signal),
    }),
    selection: (options) => rawSelection(options, settings.regions.value),
    show: async (report) => output.write(await renderReport(report, format.value as Format, render)),
    next: (...commands) => tellNext(commands.map((line) => line + sameAccount(settings))),
    nextWithout: (word) => {
      const rest = around.argv.filter((each) => each !== word && !each.startsWith(`${word}=`));
      tellNext([["evenkeel", ...rest].map(shellWord).join(" ")]);
    },
    reopen: () => openFrame(door, formats, given),
    narrow: (rows, how) => {
      if (format.value === "table" && output.height !== undefined && rows >= output.height)
        host.tell({ kind: "info", text: `${rows} lines. To see fewer: ${how}` });
    },
  };
}

function rawSelection(options: Given<typeof SELECTION_OPTIONS>, regions: readonly string[] | undefined): RawSelection {
  const { type, excludeType, tag, excludeTag, id, exclude, createdBefore, createdAfter, createdBetween } = options;
  const members = {
    type,
    excludeType,
    tag,
    excludeTag,
    id,
    exclude,
    createdBefore,
    createdAfter,
    createdBetween,
    regions,
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => {
    opened ??= open();
    return opened;
  };
}

/** Options that say whose account and which store, where they were typed: a suggested command must not go elsewhere. */
function sameAccount({ profile, roleArn, externalId, mfaSerial, endpointUrl, store }: Settings): string {
  const typed = {
    profile,
    "role-arn": roleArn,
    "external-id": externalId,
    "mfa-serial": mfaSerial,
    "endpoint-url": endpointUrl,
    store,
  };
  return Object.entries(typed)
    .filter(([, { source, value }]) => source.kind === "flag" && value !== undefined)
    .map(([name, { value }]) => ` --${name} ${shellWord(String(value))}`)
    .join("");
}

/** A word as a shell takes it. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
