/** The services of the fake station: links, keys, parameters, logs and a checklist. */
import { err, ok, type Result } from "../../../src/core/result.js";
import type { StationFailure } from "../../../src/contract/failures.js";
import type { LinkStatus, VehiclePaths } from "../../../src/contract/linkMessages.js";
import type { ReplyValue, ToUi, UiRequest } from "../../../src/contract/messages.js";
import type { LogEntry } from "../../../src/contract/serviceMessages.js";
import type { Checklist } from "../../../src/vehicle/checklist.js";
import type { Param, ParamFailure } from "../../../src/vehicle/params.js";
import type { VehicleId } from "../../../src/vehicle/vehicleState.js";
import { demoParams } from "./fakeParams.js";

type Answer = Result<ReplyValue, StationFailure>;
type Publish = (message: ToUi) => void;
const DONE: Answer = ok({ kind: "done" });
const pause = (afterMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, afterMs));

export const demoLink = (change: Partial<LinkStatus> & Pick<LinkStatus, "name" | "uri">): LinkStatus => ({
  role: "vehicle",
  state: "open",
  because: undefined,
  retryAtMonoMs: undefined,
  messagesPerS: 88,
  bytesPerS: 4100,
  lossFraction: 0.002,
  countOfMessages: 12_000,
  countOfLost: 24,
  countOfDuplicates: 0,
  countOfBadChecksums: 0,
  countOfUnknownIds: 0,
  countOfGarbageBytes: 0,
  roundTripMs: 42,
  lastReceivedMonoMs: 0,
  ...change,
  signing: {
    policy: "off",
    keyName: undefined,
    countOfSigned: 0,
    countOfUnsigned: 12_000,
    countOfRefused: 0,
    ...change.signing,
  },
});

const LOGS: readonly LogEntry[] = [
  ["3", "00000003.BIN", 18_400_000, 1_795_399_000e6, undefined],
  ["2", "00000002.BIN", 62_100_000, 1_795_310_000e6, "logs/00000002.BIN"],
  ["1", "00000001.BIN", 912_000, undefined, undefined],
].map(([logId, name, sizeBytes, unixTimeUs, file]) => ({ logId, name, sizeBytes, unixTimeUs, file }) as LogEntry);

const CHECKLIST: Checklist = {
  isBlocking: true,
  items: [
    { id: "link-live", text: "", automatic: "link-live" },
    { id: "position-fixed", text: "", automatic: "position-fixed" },
    { id: "battery-charged", text: "", automatic: "battery-charged" },
    { id: "props", text: "Propellers tight, no chips", automatic: undefined },
    { id: "lens", text: "Thermal lens clean, cap off", automatic: undefined },
    { id: "people", text: "Nobody within 30 m of the take-off place", automatic: undefined },
    { id: "plan-verified", text: "", automatic: "plan-verified" },
  ],
};

export class DemoServices {
  readonly #publish: Publish;
  readonly #vehicleIds: readonly VehicleId[];
  readonly #params = new Map<VehicleId, Param[]>();
  #links: readonly LinkStatus[] = [
    demoLink({ name: "udp", uri: "udp://:14550" }),
    demoLink({
      name: "radio",
      uri: "serial:/dev/ttyUSB0:57600",
      lossFraction: 0.071,
      countOfLost: 412,
      countOfDuplicates: 38,
      countOfBadChecksums: 7,
      countOfGarbageBytes: 212,
      messagesPerS: 41,
      bytesPerS: 2300,
      roundTripMs: 180,
      signing: { policy: "require", keyName: "beach-2026", countOfSigned: 5800, countOfUnsigned: 0, countOfRefused: 3 },
    }),
    demoLink({
      name: "lte",
      uri: "tcp://relay.example.net:5760",
      state: "lost",
      because: "ECONNRESET",
      messagesPerS: 0,
      bytesPerS: 0,
      roundTripMs: undefined,
    }),
    demoLink({
      name: "centre",
      uri: "udp://10.20.0.7:14550",
      role: "output",
      countOfLost: 0,
      lossFraction: 0,
      messagesPerS: 0,
      countOfMessages: 0,
      roundTripMs: undefined,
    }),
  ];
  #keys: readonly string[] = ["beach-2026"];
  #logs: readonly LogEntry[] = LOGS;
  #isCancelled = false;
  readonly #wasCancelled = (): boolean => this.#isCancelled;

  constructor(publish: Publish, vehicleIds: readonly VehicleId[], hasLinks: boolean) {
    this.#publish = publish;
    this.#vehicleIds = vehicleIds;
    if (!hasLinks) {
      this.#links = [];
      this.#keys = [];
    }
  }

  links(nowMonoMs: number): readonly LinkStatus[] {
    return this.#links.map((link) =>
      link.state === "open"
        ? { ...link, lastReceivedMonoMs: link.role === "output" ? undefined : nowMonoMs - 80 }
        : {
            ...link,
            lastReceivedMonoMs: Math.max(0, nowMonoMs - 41_000),
            retryAtMonoMs: Math.ceil(nowMonoMs / 8000) * 8000,
          },
    );
  }

  paths(): readonly VehiclePaths[] {
    const way = { lossFraction: 0.002, roundTripMs: 42, isHighLatency: false };
    return this.#vehicleIds.map((vehicleId, i) => ({
      vehicleId,
      paths:
        i > 0
          ? [{ ...way, linkName: "udp", state: "active" }]
          : [
              { ...way, linkName: "udp", state: "active" },
              { ...way, linkName: "radio", state: "standby", lossFraction: 0.071, roundTripMs: 180 },
              { ...way, linkName: "lte", state: "silent", roundTripMs: undefined },
            ],
    }));
  }

  greet(): void {
    for (const vehicleId of this.#vehicleIds) {
      this.#publish({ kind: "checklist", vehicleId, state: { checklist: CHECKLIST, doneIds: ["link-live", "props"] } });
    }
  }

  /** Undefined for requests of other services. */
  answer(request: UiRequest): Promise<Answer> | Answer | undefined {
    return (
      this.#answerLinks(request) ??
      this.#answerKeys(request) ??
      this.#answerParams(request) ??
      this.#answerRest(request)
    );
  }

  #answerLinks(request: UiRequest): Answer | undefined {
    if (request.kind === "add-link") {
      const { uri, role } = request;
      this.#links = [
        ...this.#links,
        demoLink({ name: uri, uri, role, state: "opening", messagesPerS: 0, bytesPerS: 0, countOfMessages: 0 }),
      ];
      return DONE;
    }
    if (request.kind === "remove-link") {
      this.#links = this.#links.filter(({ name }) => name !== request.linkName);
      return DONE;
    }
    if (request.kind === "list-serial-ports") {
      return ok({
        kind: "serial-ports",
        ports: [
          { path: "/dev/ttyUSB0", manufacturer: "Silicon Labs" },
          { path: "/dev/ttyACM0", manufacturer: undefined },
        ],
      });
    }
    if (request.kind === "set-link-signing") {
      const { policy, keyName } = request;
      this.#links = this.#links.map((link) =>
        link.name === request.linkName ? { ...link, signing: { ...link.signing, policy, keyName } } : link,
      );
      return DONE;
    }
    return undefined;
  }

  #answerKeys(request: UiRequest): Answer | undefined {
    if (request.kind === "list-signing-keys") {
      return ok({ kind: "signing-keys", names: this.#keys, store: "encrypted-file" });
    }
    if (request.kind === "add-signing-key") {
      this.#keys = [...this.#keys, request.keyName];
      return DONE;
    }
    if (request.kind === "remove-signing-key") {
      this.#keys = this.#keys.filter((name) => name !== request.keyName);
      return DONE;
    }
    if (request.kind === "setup-vehicle-signing") {
      return err({ kind: "link", failure: { kind: "not-direct", linkName: "udp" } });
    }
    return undefined;
  }

  #answerParams(request: UiRequest): Promise<Answer> | Answer | undefined {
    if (request.kind === "load-params") {
      return this.#load(request.vehicleId);
    }
    if (request.kind === "cancel-params") {
      this.#isCancelled = true;
      return DONE;
    }
    if (request.kind === "get-params") {
      return ok({ kind: "params", params: this.#params.get(request.vehicleId) ?? [] });
    }
    if (request.kind === "set-param") {
      return this.#set(request.vehicleId, request.name, request.value);
    }
    if (request.kind === "set-params") {
      return this.#setAll(request.vehicleId, request.values);
    }
    if (request.kind === "read-param-file") {
      return ok({
        kind: "param-values",
        values: [...request.text.matchAll(/^(\w+)[\s,]+([-\d.]+)/gm)].map(([, name = "", value = ""]) => ({
          name,
          value: Number(value),
        })),
      });
    }
    if (request.kind === "write-param-file") {
      const lines = (this.#params.get(request.vehicleId) ?? []).map(({ name, value }) => `${name},${value}`);
      return ok({ kind: "param-file", text: lines.join("\n") });
    }
    return undefined;
  }

  #answerRest(request: UiRequest): Promise<Answer> | Answer | undefined {
    if (request.kind === "list-logs") {
      return pause(500).then(() => ok({ kind: "logs", logs: this.#logs }));
    }
    if (request.kind === "download-log") {
      return this.#download(request.vehicleId, request.logId);
    }
    if (request.kind === "cancel-log") {
      this.#isCancelled = true;
      return DONE;
    }
    if (request.kind === "save-checklist") {
      const { vehicleId, checklist } = request;
      this.#publish({ kind: "checklist", vehicleId, state: { checklist, doneIds: [] } });
      return DONE;
    }
    return undefined;
  }

  async #load(vehicleId: VehicleId): Promise<Answer> {
    this.#isCancelled = false;
    const all = demoParams();
    for (let countOfDone = 0; countOfDone < all.length; countOfDone += 70) {
      if (this.#wasCancelled()) {
        const failure: ParamFailure = { kind: "cancelled" };
        this.#publish({ kind: "param-load", vehicleId, load: { phase: "failed", failure, countOfDone } });
        return err({ kind: "param", failure });
      }
      const load = { phase: "loading", way: "packed-file", countOfDone, countOfAll: all.length } as const;
      this.#publish({ kind: "param-load", vehicleId, load });
      await pause(80);
    }
    // The second aircraft differs a little, so that there is something to compare.
    const isFirst = vehicleId === this.#vehicleIds[0];
    this.#params.set(
      vehicleId,
      isFirst ? all : all.map((param, i) => (i % 60 === 0 ? { ...param, value: param.value + 2 } : param)),
    );
    const load = {
      phase: "complete",
      way: "packed-file",
      countOfAll: all.length,
      unixTimeUs: Date.now() * 1000,
    } as const;
    this.#publish({ kind: "param-load", vehicleId, load });
    return DONE;
  }

  async #set(vehicleId: VehicleId, name: string, value: number): Promise<Answer> {
    await pause(700);
    const known = this.#params.get(vehicleId) ?? [];
    const param = known.find((item) => item.name === name);
    if (!param) return err({ kind: "param", failure: { kind: "unknown-name", name } });
    const next = { ...param, value, awaitsReboot: param.metadata?.needsReboot === true };
    this.#params.set(
      vehicleId,
      known.map((item) => (item === param ? next : item)),
    );
    this.#publish({ kind: "params-changed", vehicleId, params: [next] });
    return DONE;
  }

  async #setAll(
    vehicleId: VehicleId,
    values: readonly { readonly name: string; readonly value: number }[],
  ): Promise<Answer> {
    const notTaken: ParamFailure[] = [];
    for (const [i, { name, value }] of values.entries()) {
      // Every fourth is limited by the autopilot.
      if (i % 4 === 3) notTaken.push({ kind: "not-taken", name, value: 0 });
      else await this.#set(vehicleId, name, value);
    }
    return ok({ kind: "params-set", countOfSet: values.length - notTaken.length, notTaken });
  }

  async #download(vehicleId: VehicleId, logId: string): Promise<Answer> {
    this.#isCancelled = false;
    const log = this.#logs.find((entry) => entry.logId === logId);
    if (!log) return err({ kind: "log", failure: { kind: "no-such-log", logId } });
    const bytesTotal = log.sizeBytes;
    const base = {
      logId,
      way: "ftp",
      bytesTotal,
      bytesPerS: bytesTotal / 12,
      file: undefined,
      failure: undefined,
    } as const;
    for (let part = 0; part < 60; part++) {
      const bytesDone = Math.round((bytesTotal * part) / 60);
      if (this.#wasCancelled()) {
        const failure = { kind: "cancelled" } as const;
        this.#publish({
          kind: "log-download",
          vehicleId,
          download: { ...base, phase: "cancelled", bytesDone, failure },
        });
        return err({ kind: "log", failure });
      }
      this.#publish({ kind: "log-download", vehicleId, download: { ...base, phase: "running", bytesDone } });
      await pause(200);
    }
    const file = `logs/${log.name}`;
    this.#logs = this.#logs.map((entry) => (entry === log ? { ...entry, file } : entry));
    this.#publish({
      kind: "log-download",
      vehicleId,
      download: { ...base, phase: "done", bytesDone: bytesTotal, file },
    });
    return DONE;
  }
}
