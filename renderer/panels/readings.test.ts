/** What instruments and panels say: figure, unit, how old, and whether it calls for attention. */
import { describe, expect, it } from "vitest";
import type { VehiclePath } from "../../src/contract/linkMessages.js";
import type { VehicleState } from "../../src/vehicle/vehicleState.js";
import { makeFormat } from "../app/format.js";
import { translatorFor } from "../app/text.js";
import { aContact, aFrame, aVehicle, aVideoStatus } from "../bridge/testing/builders.js";
import { DEMO_HOME, demoGround } from "../bridge/testing/fakeWorld.js";
import { orderContacts } from "./contactOrder.js";
import { contactAgeS, contactFacts, contactTitle } from "./contactWords.js";
import * as read from "./reading.js";
import { senderAndText } from "./senderAndText.js";
import { vehicleColour, vehicleName } from "./vehicleIdentity.js";
import { videoFacts, videoProblem } from "./videoWords.js";

const t = translatorFor("en");

const format = makeFormat("en", { lengths: "m", speeds: "mps", positions: "deg" });
const plain = (text: string): string => text.replaceAll("\u00a0", " ");
const stamped = <T>(value: T, receivedAtMonoMs = 10_000) => ({ value, receivedAtMonoMs });
const now = (change: Partial<VehicleState>, nowMonoMs = 10_500): read.ReadingInput => ({
  vehicle: aVehicle({ lastReceivedMonoMs: 10_000, ...change }),
  nowMonoMs,
  format,
});

describe("a reading", () => {
  it.each([
    [10_500, "live", 0.5],
    [12_500, "stale", 2.5],
    [15_000, "lost", 5],
    [9000, "live", 0],
  ] as const)("at %d ms is %s, %s s old", (nowMonoMs, freshness, ageS) => {
    const position = stamped({ position: DEMO_HOME, altitudeAmslM: 78, altitudeAboveHomeM: 58 });
    const shown = read.heightAmsl(now({ position }, nowMonoMs));
    expect(shown).toEqual({ text: "78", unit: "m", tone: "plain", freshness, ageS });
  });

  it.each<[string, read.Reading, string]>([
    ["heading", read.trueHeading(now({ attitude: stamped({ rollDeg: 0, pitchDeg: 0, headingDeg: 7 }) })), "007°"],
    [
      "course of one that stands still",
      read.course(
        now({ velocity: stamped({ northMps: 0, eastMps: 0, downMps: 0, groundSpeedMps: 0, courseDeg: undefined }) }),
      ),
      "––",
    ],
    [
      "climb",
      read.climbRate(now({ airData: stamped({ airSpeedMps: 9, climbRateMps: 0.05, throttleFraction: 0 }) })),
      "+0.1 m/s",
    ],
    [
      "no climb",
      read.climbRate(now({ airData: stamped({ airSpeedMps: 9, climbRateMps: 0.04, throttleFraction: 0 }) })),
      "0.0 m/s",
    ],
    [
      "descent",
      read.climbRate(now({ airData: stamped({ airSpeedMps: 9, climbRateMps: -2, throttleFraction: 0 }) })),
      "−2.0 m/s",
    ],
    ["nothing", read.heightAboveHome({ vehicle: undefined, nowMonoMs: 0, format }), "––"],
    ["way home without a home", read.toHome(now({ home: undefined }), 10), "––"],
  ])("of %s", (_, { text, unit }, words) => {
    expect(`${text} ${unit}`.trim()).toBe(words);
  });

  it.each([
    [{ remainingFraction: 0.33, voltageV: 22 }, "33 %", "plain"],
    [{ remainingFraction: 0.32, voltageV: 22 }, "32 %", "caution"],
    [{ remainingFraction: 0.2, voltageV: 22 }, "20 %", "caution"],
    [{ remainingFraction: 0.19, voltageV: 22 }, "19 %", "danger"],
    [{ remainingFraction: undefined, voltageV: 22.15 }, "22.1 V", "plain"],
    [{ remainingFraction: undefined, voltageV: undefined }, "––", "plain"],
  ] as const)("of a battery %j is %s, %s", (known, words, tone) => {
    const battery = stamped({ currentA: undefined, timeRemainingS: undefined, ...known });
    const shown = read.battery(now({ battery }));
    expect([`${shown.text} ${shown.unit}`.trim(), shown.tone]).toEqual([words, tone]);
  });

  it.each([
    [6, 20, "RTK 20 sat", "plain"],
    [5, 8, "RTK 8 sat", "plain"],
    [4, 7, "3D 7 sat", "caution"],
    [3, undefined, "3D", "plain"],
    [2, 20, "2D 20 sat", "danger"],
    [1, 0, "✕ 0 sat", "danger"],
  ] as const)("of satellites: fix %d with %s is %s, %s", (fixType, satellitesVisible, words, tone) => {
    const gps = stamped({ fixType, satellitesVisible, horizontalAccuracyM: undefined, hdop: undefined });
    const shown = read.gps(now({ gps }));
    expect([`${shown.text} ${shown.unit}`.trim(), shown.tone]).toEqual([words, tone]);
  });

  const path = (change: Partial<VehiclePath>): VehiclePath => ({
    ...{ linkName: "radio", state: "active", lossFraction: 0.01, roundTripMs: 42, isHighLatency: false },
    ...change,
  });
  it.each<[readonly VehiclePath[], string, string]>([
    [[path({})], "42 ms", "plain"],
    [[path({ state: "standby", roundTripMs: 7 }), path({})], "42 ms", "plain"],
    [[path({ state: "standby", roundTripMs: 7 })], "7 ms", "plain"],
    [[path({ roundTripMs: undefined })], "−1 %", "plain"],
    [[path({ lossFraction: 0.2 })], "42 ms", "plain"],
    [[path({ lossFraction: 0.21 })], "−21 %", "caution"],
    [[], "––", "plain"],
  ])("of the link: %j is %s, %s", (paths, words, tone) => {
    const shown = read.linkHealth(now({}), paths);
    expect([`${shown.text} ${shown.unit}`.trim(), shown.tone]).toEqual([words, tone]);
  });

  it("of the link is as old as the aircraft's last word", () => {
    expect(read.linkHealth(now({}, 13_000), [path({})])).toMatchObject({ ageS: 3, freshness: "stale" });
  });
});

describe("a contact in words", () => {
  it("of a person has no length, and one that moves has where to", () => {
    expect(plain(contactTitle(t, format, aContact({ class: "person", lengthM: 1 })))).not.toMatch(/\d/);
    const facts = (change: Parameters<typeof aContact>[0]) =>
      plain(contactFacts(t, format, aContact({ ce95M: 3.4, ...change })));
    expect(facts({ groundSpeedMps: 1.1, courseDeg: 310, surface: "unknown" })).toBe("±3 m · 310° 1.1 m/s");
    expect(facts({ groundSpeedMps: 1.1, courseDeg: undefined, surface: "unknown" })).toBe("±3 m · 1.1 m/s");
  });

  it("is never younger than now", () => {
    const contact = aContact({ lastSeenUnixUs: 5e6 });
    expect([contactAgeS(contact, 65e6), contactAgeS(contact, 1e6)]).toEqual([60, 0]);
  });

  it("of two seen at once the later number comes first; what is gone leaves a held list", () => {
    const contact = (id: string) => aContact({ id, firstSeenUnixUs: 1 });
    expect(orderContacts([contact("a"), contact("b")], [], false)).toEqual(["b", "a"]);
    expect(orderContacts([contact("a"), contact("b")], ["x", "a"], true)).toEqual(["a", "b"]);
  });
});

describe("the picture in words", () => {
  const ground = demoGround(DEMO_HOME, 214);
  it("tells stream, direction and the place in the middle with its error", () => {
    const status = aVideoStatus({ framesPerS: 24.6, latencyMs: 180 });
    const [stream, camera, middle] = videoFacts(t, format, { frame: aFrame({ ground }), status }).map(plain);
    expect(stream).toMatch(/^25 .+ · 180 ms$/);
    expect(camera).toMatch(/−52° · 214°$/);
    expect(middle).toMatch(/ ±3\.0 m$/);
    const rough = { ...ground, centreEllipse95: { ...ground.centreEllipse95, semiMajorM: 10 } };
    expect(plain(videoFacts(t, format, { frame: aFrame({ ground: rough }), status })[2])).toMatch(/ ±10 m$/);
  });

  it("shows no latency of clocks that differ, and no direction that is not known", () => {
    const [stream, camera, middle] = videoFacts(t, format, {
      frame: aFrame(),
      status: aVideoStatus({ latencyMs: -5 }),
    });
    expect([stream.includes("ms"), camera, middle]).toEqual([false, t("panels.video.noGimbal"), ""]);
    expect(videoFacts(t, format, { frame: undefined, status: aVideoStatus({ state: "stale" }) })[0]).toBe("");
  });

  it.each(["none", "waiting", "failed", "stale"] as const)("says what is wrong with a stream that is %s", (state) => {
    const words = videoProblem(t, { frame: undefined, status: aVideoStatus({ state }) });
    expect(words).toMatch(/\p{L}{3}/u);
    expect(words).not.toMatch(/panels\.|\{\{/);
  });

  it("has nothing to say of one that is whole", () => {
    expect(videoProblem(t, { frame: aFrame({ ground }), status: aVideoStatus() })).toBe("");
  });
});

describe("who it is", () => {
  it("is told by number, simulated or not; four colours go round", () => {
    expect(vehicleName({ systemId: 7, isSimulated: false })).toBe("DRONE-7");
    expect(vehicleName({ systemId: 7, isSimulated: true })).toBe("SIM-7");
    expect([1, 2, 4, 5, 255].map(vehicleColour)).toEqual([0, 1, 3, 0, 2].map((i) => `var(--vehicle-${i})`));
  });

  it("of a text is told where it is not the autopilot", () => {
    expect(senderAndText(t, "CRASH", undefined)).toBe("CRASH");
    expect(senderAndText(t, "CRASH", 191)).toMatch(/^.+: CRASH$/);
  });
});
