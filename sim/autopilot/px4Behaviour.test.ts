import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { destination } from "../../src/geo/geodesic.js";
import type { Flavour } from "../flavour.js";
import { px4EventsFile } from "../services/metadata/px4EventsFile.js";
import { readXz } from "../../src/mavlink/params/xz.js";
import { QUIET_BEACH, createFlightHarness, type FlightHarness, type HarnessItem } from "../testing/flightHarness.js";
import { decodeDatagram } from "../wire/mavlinkCodec.js";

/** Behaviour recorded from a real PX4 1.14, which the simulated one must show too. */
const { home } = QUIET_BEACH;
const [SET_MODE, ARM] = [176, 400];
const TO = { targetSystem: 1, targetComponent: 1 } as const;

const LAND_MISSING = 0x01811691;
const NOT_AVAILABLE = 0x01a04397;
const first = destination(home, 0, 500);
const PLAN: readonly HarnessItem[] = [
  { command: 22, ...destination(home, 0, 250), zM: 50 },
  { command: 16, ...first, zM: 50 },
  { command: 20, frame: 2 },
];

function booted(airframe: Flavour["airframe"], px4: Flavour["px4"] = "1.14"): FlightHarness {
  const flight = createFlightHarness({ vehicle: { flavour: { autopilot: "px4", airframe, px4 } } });
  flight.runS(9);
  return flight;
}
const eventsOf = (flight: FlightHarness) => flight.all("EVENT").map(({ fields }) => fields);
const idsOf = (flight: FlightHarness) => eventsOf(flight).map(({ id }) => id);

type Described = { readonly components: { readonly 1: { readonly event_groups: Readonly<Record<string, Group>> } } };
type Group = { readonly events: Readonly<Record<string, { readonly name: string; readonly message: string }>> };

/** Event ids with their message texts, from the metadata file that the aircraft serves. */
function sentences(): ReadonlyMap<number, string> {
  const unpacked = readXz(px4EventsFile(), 1 << 20);
  if (!unpacked.ok) throw new Error(unpacked.error.kind);
  const { components } = JSON.parse(Buffer.from(unpacked.value).toString()) as Described;
  const groups = Object.values(components[1].event_groups);
  return new Map(
    groups.flatMap(({ events }) =>
      Object.entries(events).map(([id, { message }]) => [(1 << 24) + Number(id), message]),
    ),
  );
}

describe("a PX4 wing without a landing, as in px4-plane-refused.tlog", () => {
  it("findings 1: the upload is acknowledged, the refusal comes after it and by EVENT alone", () => {
    const flight = booted("plane");
    expect(flight.upload(PLAN)).toBe(0);
    flight.runS(0.2);
    expect(idsOf(flight)).toContain(LAND_MISSING);
    expect(sentences().get(LAND_MISSING)).toBe("Mission rejected: Landing waypoint/pattern required");
    const texts = flight.texts().join("\n");
    expect(texts).not.toMatch(/anding/);
    expect(flight.last("MISSION_ACK")).toMatchObject({ type: 0, opaqueId: 0 });
  });

  it("findings 1: arms, then AUTO is not available: two pieces of text, the second two letters and a tab", () => {
    const flight = booted("plane");
    flight.upload(PLAN);
    flight.runS(0.2);
    expect(flight.command(ARM, 1)).toBe(0);
    expect(flight.command(SET_MODE, 1, 4, 4)).toBe(1);
    const pieces = flight
      .all("STATUSTEXT")
      .map(({ fields }) => fields)
      .slice(-2);
    expect(pieces).toMatchObject([
      { text: "Switching to AUTO_MISSION is currently not availab", chunkSeq: 0, severity: 2 },
      { text: "le\t", chunkSeq: 1, severity: 2 },
    ]);
    expect(pieces[0]?.id).toBe(pieces[1]?.id);
    expect(pieces[0]?.id).not.toBe(0);
    // On a request for mission mode the mission is checked again.
    expect(idsOf(flight).slice(-2)).toEqual([LAND_MISSING, NOT_AVAILABLE]);
    const last = eventsOf(flight).at(-1);
    expect(last?.logLevels).toBe(0x62);
    expect(Buffer.from([...(last?.arguments ?? [])].slice(0, 5)).toString("hex")).toBe("0000040403");
  });

  it("flies it with MIS_TKO_LAND_REQ at 0, and a copter flies it as it is", () => {
    const wing = booted("plane");
    Object.assign(wing.aircraft.autopilot().params, { MIS_TKO_LAND_REQ: 0 });
    const copter = booted("copter");
    for (const flight of [wing, copter]) {
      flight.upload(PLAN);
      flight.runS(0.2);
      expect(flight.command(ARM, 1)).toBe(0);
      expect(flight.command(SET_MODE, 1, 4, 4)).toBe(0);
    }
  });
});

describe("what PX4 finds in a mission", () => {
  const found = (airframe: Flavour["airframe"], items: readonly HarnessItem[]): readonly (string | undefined)[] => {
    const flight = booted(airframe);
    const before = idsOf(flight).length;
    expect(flight.upload(items)).toBe(0);
    flight.runS(0.1);
    const names = sentences();
    return idsOf(flight)
      .slice(before)
      .map((id) => names.get(id))
      .filter((text) => /Mission rejected|waypoint|Waypoint/.test(text ?? ""));
  };
  const up: HarnessItem = { command: 22, ...home, zM: 50 };
  const wp: HarnessItem = { command: 16, ...first, zM: 50 };
  const glide = (zM: number, distanceM: number): readonly HarnessItem[] => [
    { command: 16, ...destination(home, 90, distanceM), zM },
    { command: 21, ...home, zM: 0 },
  ];

  it.each<[string, Flavour["airframe"], readonly HarnessItem[], readonly string[]]>([
    ["a landing as first item", "copter", [{ command: 21, ...home }], ["Mission rejected: starts with landing"]],
    [
      "a take-off too low",
      "copter",
      [{ ...up, zM: 5 }, wp],
      ["Mission rejected: takeoff altitude too low! Minimum: {1:.1m_v}"],
    ],
    ["a take-off later", "copter", [wp, up], ["Mission rejected: takeoff is not the first waypoint item"]],
    [
      "a first place a kilometre away",
      "copter",
      [{ ...up, ...destination(home, 0, 1000) }],
      ["First waypoint too far away: {1m} (maximum: {2m})"],
    ],
    ["a place below home, only told", "copter", [up, { ...wp, zM: -3 }], ["Waypoint {1} below home"]],
    [
      "a glide too steep",
      "plane",
      [up, wp, ...glide(50, 300)],
      ["Mission rejected: the landing glide slope is steeper than the vehicle setting of {1}.{2} degrees"],
    ],
    [
      "a glide from below",
      "plane",
      [up, wp, ...glide(0, 700)],
      ["Mission rejected: the approach waypoint must be above the landing point"],
    ],
    ["a good glide", "plane", [up, wp, ...glide(50, 700)], []],
    [
      "DO_LAND_START before RTL",
      "vtol",
      [
        { ...up, command: 84 },
        { command: 189, frame: 2 },
        { command: 20, frame: 2 },
      ],
      [
        "Mission rejected: land start item before RTL item is not possible",
        "Mission rejected: Landing waypoint/pattern required",
      ],
    ],
    ["a VTOL landing", "vtol", [{ ...up, command: 84 }, wp, { command: 85, ...home }], []],
  ])("%s", (_what, airframe, items, expected) => {
    expect(found(airframe, items)).toEqual(expected);
  });

  it("a place outside the fence, in words too, and again whenever the fence is another", () => {
    const flight = booted("copter");
    flight.upload([up, wp]);
    flight.runS(0.1);
    expect(flight.command(ARM, 1)).toBe(0);
    expect(flight.command(SET_MODE, 1, 4, 4)).toBe(0);
    const grounded = booted("copter");
    grounded.upload([up, wp]);
    grounded.send({ name: "MISSION_COUNT", fields: { ...TO, count: 1, missionType: 1 } });
    grounded.send({
      name: "MISSION_ITEM_INT",
      fields: {
        ...{ ...TO, seq: 0, frame: 0, command: 5003, autocontinue: 1, missionType: 1, param1: 100 },
        ...{ x: Math.round(home.latitudeDeg * 1e7), y: Math.round(home.longitudeDeg * 1e7) },
      },
    });
    grounded.runS(0.1);
    expect(grounded.texts()).toContain("Geofence violation for waypoint 2");
    expect(grounded.command(ARM, 1)).toBe(0);
    expect(grounded.command(SET_MODE, 1, 4, 4)).toBe(1);
  });
});

describe("PX4's event protocol", () => {
  it("numbers events from ten before the wrap, tells the newest number every 3 s, and gives a lost one again", () => {
    const flight = booted("copter");
    const events = eventsOf(flight);
    expect(events[0]?.sequence).toBe(65526);
    const sequences = flight.all("CURRENT_EVENT_SEQUENCE").map(({ fields }) => fields);
    expect(sequences.length).toBeGreaterThanOrEqual(3);
    expect(sequences[0]?.flags).toBe(1);
    const newest = sequences.at(-1)?.sequence ?? 0;
    expect(newest).toBe(events.at(-1)?.sequence);
    const before = events.length;
    flight.send({ name: "REQUEST_EVENT", fields: { ...TO, firstSequence: newest - 1, lastSequence: newest } });
    expect(eventsOf(flight).slice(before)).toEqual(events.slice(-2));
    flight.send({ name: "REQUEST_EVENT", fields: { ...TO, firstSequence: 5000, lastSequence: 5000 } });
    expect(flight.last("RESPONSE_EVENT_ERROR")).toMatchObject({ sequence: 5000, reason: 0, targetSystem: 255 });
  });

  it("says arming and landing as text with a tab and as an event", () => {
    const flight = booted("copter");
    flight.command(ARM, 1);
    expect(flight.all("STATUSTEXT").at(-1)?.fields.text).toBe("Armed by external command\t");
    expect(eventsOf(flight).at(-1)).toMatchObject({
      id: 0x0190caf3,
      arguments: expect.arrayContaining([4]) as unknown,
    });
  });
});

describe("PX4 1.14 knows less than 1.15", () => {
  it("has no AVAILABLE_MODES, no plan ids, no total; 1.15 has all", () => {
    const ask = (px4: Flavour["px4"]) => {
      const flight = booted("copter", px4);
      flight.upload(PLAN);
      flight.runS(2);
      const result = flight.command(512, 435);
      const { total, missionState, missionId } = flight.last("MISSION_CURRENT")!;
      const { opaqueId } = flight.last("MISSION_ACK")!;
      return { result, total, missionState, hasId: missionId !== 0 && opaqueId === missionId };
    };
    expect(ask("1.14")).toEqual({ result: 2, total: 0, missionState: 0, hasId: false });
    expect(ask("1.15")).toEqual({ result: 0, total: 3, missionState: 2, hasId: true });
  });

  it("gives a rally point back in frame 5, whatever it was sent in", () => {
    const flight = booted("copter");
    const place = { x: 507266687, y: 16143241, z: 40 };
    const fields = { ...TO, missionType: 2, frame: 3, command: 5100, seq: 0, ...place };
    flight.send({ name: "MISSION_COUNT", fields: { ...TO, count: 1, missionType: 2 } });
    flight.send({ name: "MISSION_ITEM_INT", fields });
    flight.send({ name: "MISSION_REQUEST_LIST", fields: { ...TO, missionType: 2 } });
    flight.send({ name: "MISSION_REQUEST_INT", fields: { ...TO, missionType: 2, seq: 0 } });
    expect(flight.last("MISSION_ITEM_INT")).toMatchObject({ ...place, frame: 5, autocontinue: 0, current: 1 });
  });
});

describe("the messages the stock list lacks", () => {
  it("are read from the recording of a real PX4, frame by frame", () => {
    const bytes = readFileSync("sim/wire/fixtures/px4-events.tlog");
    const received = new Map<string, number>();
    for (let at = 0; at < bytes.length;) {
      const length = 12 + (bytes[at + 9] ?? 0);
      for (const { name } of decodeDatagram(bytes.subarray(at + 8, at + 8 + length))) {
        received.set(name, (received.get(name) ?? 0) + 1);
      }
      at += 8 + length;
    }
    expect(Object.fromEntries(received)).toEqual({
      EVENT: 33,
      CURRENT_EVENT_SEQUENCE: 11,
      TIME_ESTIMATE_TO_TARGET: 30,
      LINK_NODE_STATUS: 30,
    });
  });
});

describe("a PX4 that waits on the ground before its mission", () => {
  it("is not taken for one that has landed: armed for five seconds, then started, it takes off", () => {
    const flight = booted("copter");
    flight.upload(PLAN);
    flight.runS(0.2);
    flight.command(ARM, 1);
    flight.runS(5);
    expect(flight.command(SET_MODE, 1, 4, 4)).toBe(0);
    const heightM = () => (flight.last("GLOBAL_POSITION_INT")?.relativeAlt ?? 0) / 1000;
    expect(flight.runUntil(() => heightM() > 20, 60)).toBe(true);
  });
});
