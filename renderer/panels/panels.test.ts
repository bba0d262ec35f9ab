import { describe, expect, it } from "vitest";
import type { Contact } from "../../src/track/contact.js";
import type { VideoStatus } from "../../src/contract/messages.js";
import { aContact, aFrame, aVehicle, aVideoStatus } from "../bridge/testing/builders.js";
import { makeFormat } from "../app/format.js";
import { contactFacts, contactLabel } from "./contactWords.js";
import { orderContacts } from "./contactOrder.js";
import { freshnessOf } from "../../src/vehicle/selectors/freshness.js";
import {
  battery,
  climbRate,
  course,
  gps,
  groundSpeed,
  heightAboveHome,
  heightAmsl,
  missionLeg,
  toHome,
} from "./reading.js";
import { panelTexts } from "./texts.js";
import { packedPalette, paintLuma } from "./videoPainter.js";
import { videoProblem } from "./videoWords.js";

const units = { lengths: "m", speeds: "mps", positions: "deg" } as const;
const format = makeFormat("en", units);
const t = (key: string) => key;
const vehicleState = <T>(value: T, receivedAtMonoMs = 10_000) => ({ value, receivedAtMonoMs });
const vehicle = aVehicle({
  position: vehicleState({
    position: { latitudeDeg: 50.77, longitudeDeg: 1.6 },
    altitudeAmslM: 78.4,
    altitudeAboveHomeM: 58.2,
  }),
  velocity: vehicleState({ northMps: 0, eastMps: 0, downMps: 0, groundSpeedMps: 12.14, courseDeg: undefined }),
  airData: vehicleState({ airSpeedMps: 12, climbRateMps: 0.3, throttleFraction: 0.5 }),
  battery: vehicleState({ voltageV: 22.1, currentA: undefined, remainingFraction: 0.18, timeRemainingS: 200 }),
  gps: vehicleState({ fixType: 3, satellitesVisible: 6, horizontalAccuracyM: undefined, hdop: undefined }),
  home: vehicleState({ position: { latitudeDeg: 50.78, longitudeDeg: 1.6 }, altitudeAmslM: 20 }),
  autopilot: "ardupilot",
  mission: vehicleState({ currentSeq: 5, countOfItems: 14 }),
});
const now = (nowMonoMs: number) => ({ vehicle, nowMonoMs, format });

describe("freshness", () => {
  it("is live below two seconds, stale to four, then lost; never heard is lost", () => {
    expect([1999, 2000, 3999, 4000].map((age) => freshnessOf(0, age))).toEqual(["live", "stale", "stale", "lost"]);
    expect(freshnessOf(undefined, 0)).toBe("lost");
  });
});

describe("readings", () => {
  it("show numbers with units while live", () => {
    expect(heightAboveHome(now(10_100))).toMatchObject({ text: "58", unit: "m", freshness: "live" });
    expect(heightAmsl(now(10_100))).toMatchObject({ text: "78" });
    expect(groundSpeed(now(10_100))).toMatchObject({ text: "12.1", unit: "m/s" });
    expect(climbRate(now(10_100)).text).toBe("+0.3");
    expect(missionLeg(now(10_100)).text).toBe("5 / 14");
  });
  it("keep the number when it is old, and say how old", () => {
    expect(heightAboveHome(now(13_000))).toMatchObject({ text: "58", freshness: "stale", ageS: 3 });
    expect(heightAboveHome(now(25_000))).toMatchObject({ freshness: "lost", ageS: 15 });
  });
  it("never show zero for what was never heard", () => {
    expect(heightAboveHome({ ...now(0), vehicle: undefined }).text).toBe("––");
    expect(course(now(10_100)).text).toBe("––");
  });
  it("mark a low battery and few satellites", () => {
    expect(battery(now(10_100))).toMatchObject({ text: "18", unit: "%", tone: "danger" });
    expect(gps(now(10_100))).toMatchObject({ text: "3D", unit: "6 sat", tone: "caution" });
  });
  it("give the way home and its time (0.01 degree of latitude at 50.775 is 1112.5 m)", () => {
    expect(toHome(now(10_100), 10)).toMatchObject({ text: "1:51" });
  });
});

const contact = (id: string, firstSeenUnixUs: number): Contact =>
  aContact({
    ...{ id, class: "boat", lengthM: 7.8, ce95M: 3.2, groundSpeedMps: undefined, courseDeg: undefined },
    ...{ surface: "waterline", firstSeenUnixUs },
  });

describe("contact list", () => {
  it("has the newest first", () => {
    expect(orderContacts([contact("a", 1), contact("b", 3), contact("c", 2)], [], false)).toEqual(["b", "c", "a"]);
  });
  it("does not move under the hand: new ones wait at the end", () => {
    expect(orderContacts([contact("a", 1), contact("b", 3), contact("c", 2)], ["a", "c"], true)).toEqual([
      "a",
      "c",
      "b",
    ]);
  });
  it("says class, size and error, and does not invent a motion", () => {
    expect(contactLabel(t, format, contact("C-14", 0))).toBe("C-14 object.boat 7.8\u00a0m ±3\u00a0m");
    expect(contactFacts(t, format, contact("C-14", 0))).toBe(
      "±3\u00a0m · panels.contact.still · panels.surface.waterline",
    );
  });
});

describe("thermal picture", () => {
  it("paints luminance through the palette, opaque", () => {
    const pixels = new Uint32Array(3);
    paintLuma(new Uint8Array([0, 255, 128]), packedPalette("white-hot"), pixels);
    expect([...new Uint8Array(pixels.buffer)]).toEqual([0, 0, 0, 255, 255, 255, 255, 255, 128, 128, 128, 255]);
  });
  it("says what is wrong, in every state", () => {
    const status = (state: VideoStatus["state"], hasKlv = true) => aVideoStatus({ state, hasKlv });
    expect(videoProblem(t, { frame: undefined, status: undefined })).toBe("panels.video.none");
    expect(videoProblem(t, { frame: undefined, status: status("stale") })).toBe("panels.video.stale");
    expect(videoProblem(t, { frame: undefined, status: status("live", false) })).toBe("panels.video.noKlv");
    expect(videoProblem(t, { frame: aFrame({ ground: undefined }), status: status("live") })).toBe(
      "panels.video.aboveHorizon",
    );
    expect(videoProblem(t, { frame: undefined, status: status("live") })).toBe("");
  });
});

it("says everything in both languages", () => {
  expect(Object.keys(panelTexts.fr)).toEqual(Object.keys(panelTexts.en));
});
