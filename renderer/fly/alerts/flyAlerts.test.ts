// @vitest-environment happy-dom
/** What is told loudly: which alert, in which words, how long; and how it sounds. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Notice } from "../../../src/contract/messages.js";
import type { VehicleId, VehicleState } from "../../../src/vehicle/vehicleState.js";
import { makeFormat } from "../../app/format.js";
import { translatorFor } from "../../app/text.js";
import { aBatch, aStation, aVehicle, VEHICLE } from "../../bridge/testing/builders.js";
import type { CommandLine } from "../commandLog.js";
import { flyViewStore } from "../flyViewStore.js";
import { createAlarmSound } from "./alarmSound.js";
import { type AlertFacts, flyAlerts } from "./flyAlerts.js";
import { gatherAlertFacts } from "./gatherAlertFacts.js";

const translate = translatorFor("en");

const SECOND = "udp/2" as VehicleId;
const heard = (change: Partial<VehicleState> = {}): VehicleState => aVehicle({ lastReceivedMonoMs: 1000, ...change });
const battery = (remainingFraction: number | undefined) => ({
  value: { voltageV: 22, currentA: 1, remainingFraction, timeRemainingS: undefined },
  receivedAtMonoMs: 1000,
});
const facts = (change: Partial<AlertFacts> = {}): AlertFacts => ({
  ...{ vehicle: heard(), vehicles: [heard()], warnings: [], nowMonoMs: 1000, nowUnixUs: 100e6 },
  ...{ lines: [], reports: [], notices: [], dismissed: new Set<string>() },
  ...change,
});
const format = makeFormat("en", { lengths: "m", speeds: "mps", positions: "deg" });
function alertsOf(change: Partial<AlertFacts>) {
  const dismissed: string[] = [];
  const alerts = flyAlerts(facts(change), { t: translate, format, onDismiss: (id) => dismissed.push(id) });
  const plain = alerts.map(({ id, tone, what }) => [id, tone, what.replaceAll("\u00a0", " ")]);
  return { alerts, plain, dismissed };
}

describe("alerts of the aircraft", () => {
  it.each<[number | undefined, boolean]>([
    [0.19, true],
    [0.2, false],
    [undefined, false],
  ])("a battery at %s is a danger: %s", (fraction, isDanger) => {
    const { plain } = alertsOf({ vehicles: [heard({ battery: battery(fraction) })] });
    expect(plain).toEqual(isDanger ? [["battery udp/1", "danger", "Battery of SIM-1 at 19 %"]] : []);
  });

  it("name each by its own age, battery and fence", () => {
    const { plain, alerts } = alertsOf({
      nowMonoMs: 9000,
      vehicles: [
        heard({ lastReceivedMonoMs: 8500 }),
        heard({ id: SECOND, systemId: 2, lastReceivedMonoMs: 2000 }),
        heard({
          ...{ id: "udp/3" as VehicleId, systemId: 3, lastReceivedMonoMs: 8900 },
          fence: { value: { isBreached: true, countOfBreaches: 1 }, receivedAtMonoMs: 8900 },
        }),
      ],
    });
    expect(plain).toEqual([
      ["lost udp/2", "danger", "SIM-2 not heard for 7 s"],
      ["fence udp/3", "danger", "SIM-3 has breached its fence"],
    ]);
    expect(alerts.every(({ advice, onDismiss }) => advice !== "" && onDismiss === undefined)).toBe(true);
  });

  it("tell of two that close in, not of plans that cross or a relief that is needed", () => {
    const pair = { a: VEHICLE, b: SECOND, horizontalM: 21.4, verticalM: 3.2 };
    const { plain } = alertsOf({
      warnings: [
        { kind: "plans-cross", ...pair, itemA: 1, itemB: 2 },
        { kind: "closing", ...pair, inS: 4.4 },
        { kind: "relief-needed", a: VEHICLE, remainingFraction: 0.3 },
      ],
    });
    const words = "SIM-1 and udp/2 close in: 21 m apart, 3 m in height, in 4 s";
    expect(plain).toEqual([["closing udp/1 udp/2", "danger", words]]);
  });
});

describe("alerts of commands", () => {
  const failed = (lineId: string, atUnixUs: number): CommandLine => ({
    ...{ lineId, vehicleId: SECOND, vehicleName: "SIM-2", command: { kind: "arm" }, askedUnixUs: 1 },
    outcome: { phase: "failed", failure: { kind: "command", failure: { kind: "vehicle-lost" } }, atUnixUs },
  });

  it("are told for half a minute, the newest first, and can be put away", () => {
    const { plain, alerts, dismissed } = alertsOf({ lines: [failed("a", 70e6), failed("b", 71e6), failed("c", 90e6)] });
    expect(plain.map(([id]) => id)).toEqual(["line c", "line b"]);
    expect(plain[0]?.[2]).toBe("Arm SIM-2: The aircraft is no longer heard.");
    alerts[0]?.onDismiss?.();
    expect(dismissed).toEqual(["line c"]);
    expect(alertsOf({ lines: [failed("c", 90e6)], dismissed: new Set(["line c"]) }).plain).toEqual([]);
  });

  it("of other screens are told by the name of the target", () => {
    const status = { phase: "failed", failure: { kind: "vehicle-lost" } } as const;
    const reports = [{ commandId: "x", command: { kind: "land" } as const, status, receivedMonoMs: 900 }];
    expect(alertsOf({ reports }).plain).toEqual([
      ["land 900", expect.any(String), "Land SIM-1: The aircraft is no longer heard."],
    ]);
    expect(alertsOf({ reports: [{ ...reports[0]!, status: { phase: "done" } }] }).plain).toEqual([]);
  });
});

describe("notices", () => {
  const notice = (id: string, severity: Notice["severity"], unixTimeUs: number): Notice => ({
    ...{ id, severity, unixTimeUs, key: "vehicle-back", facts: { vehicle: "SIM-1" } },
  });
  it("that ask for attention are told for half a minute, newest first; dangers have their banner", () => {
    const notices = [
      notice("old", "caution", 69e6),
      notice("a", "caution", 80e6),
      notice("b", "caution", 90e6),
      notice("c", "danger", 90e6),
      notice("d", "info", 90e6),
    ];
    const { plain, alerts, dismissed } = alertsOf({ notices });
    expect(plain.map(([id, tone]) => [id, tone])).toEqual([
      ["b", "caution"],
      ["a", "caution"],
    ]);
    alerts[1]?.onDismiss?.();
    expect(dismissed).toEqual(["a"]);
  });
});

describe("the facts behind them", () => {
  it("are those of the target's commands; of a lost station nothing is told of its aircraft", () => {
    const station = aStation();
    const flyView = station.stores.get(flyViewStore);
    station.transport.receive(aBatch([heard(), heard({ id: SECOND, systemId: 2 })]));
    for (const vehicleId of [VEHICLE, SECOND])
      station.transport.receive({
        ...{ kind: "command-status", vehicleId, commandId: `of ${vehicleId}`, command: { kind: "arm" } },
        status: { phase: "failed", failure: { kind: "vehicle-lost" } },
      });
    const gather = () => gatherAlertFacts(flyView, station.store, new Set(["x"]));
    expect(gather().reports.map(({ commandId }) => commandId)).toEqual(["of udp/1"]);
    expect([gather().vehicles.length, gather().vehicle?.id, gather().nowMonoMs]).toEqual([2, VEHICLE, 1000]);
    expect([...gather().dismissed]).toEqual(["x"]);
    station.transport.connection("lost");
    expect(gather().vehicles).toEqual([]);
  });
});

describe("the sound", () => {
  const tones: (readonly [frequencyHz: number, atS: number, untilS: number])[] = [];
  const said: (readonly [text: string, language: string])[] = [];
  let countOfContexts = 0;
  let countOfCancels = 0;
  class FakeAudio {
    readonly currentTime = 10;
    readonly destination = {};
    constructor() {
      countOfContexts++;
    }
    createOscillator() {
      let startS = 0;
      const frequency = { value: 0 };
      return {
        frequency,
        connect: <T>(next: T): T => next,
        start: (atS: number) => void (startS = atS),
        stop: (untilS: number) => void tones.push([frequency.value, startS, untilS]),
      };
    }
    createGain() {
      return { gain: { value: 0 }, connect: <T>(next: T): T => next };
    }
  }
  class FakeUtterance {
    lang = "";
    readonly text: string;
    constructor(text: string) {
      this.text = text;
    }
  }
  beforeEach(() => {
    tones.length = 0;
    said.length = 0;
    [countOfContexts, countOfCancels] = [0, 0];
    vi.stubGlobal("AudioContext", FakeAudio);
    vi.stubGlobal("SpeechSynthesisUtterance", FakeUtterance);
    vi.stubGlobal("speechSynthesis", {
      speak: ({ text, lang }: FakeUtterance) => void said.push([text, lang]),
      cancel: () => countOfCancels++,
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  it("of a danger are three tones and its words, over what is being said; a caution is one and waits", () => {
    const play = createAlarmSound();
    play({ tone: "danger", text: "SIM-1 lost" }, "en");
    expect(tones.map(([frequencyHz]) => frequencyHz)).toEqual([880, 660, 880]);
    tones.forEach(([, atS, untilS], i) => {
      expect(atS).toBeCloseTo(10 + i * 0.16, 6);
      expect(untilS - atS).toBeCloseTo(0.128, 6);
    });
    expect([said, countOfCancels]).toEqual([[["SIM-1 lost", "en-GB"]], 1]);
    play({ tone: "caution", text: "batterie" }, "fr");
    expect([tones.length, said[1], countOfCancels]).toEqual([4, ["batterie", "fr-FR"], 1]);
    expect(countOfContexts).toBe(1);
  });

  it("is silence where the browser has neither", () => {
    vi.stubGlobal("AudioContext", undefined);
    vi.stubGlobal("speechSynthesis", undefined);
    createAlarmSound()({ tone: "danger", text: "x" }, "en");
    expect([tones, said]).toEqual([[], []]);
  });
});
