import { mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { FakeClock } from "../core/fakeClock.js";
import { sha256Hex } from "../io/fileStore.js";
import { readPlaces } from "../geo/places/placesDocument.js";
import { seededRng } from "../core/rng.js";
import { encodeFrame } from "../mavlink/encode.js";
import type { MavlinkFields } from "../mavlink/frame.js";
import type { ToUi, VideoStatus } from "../contract/messages.js";
import { verifySortieFolder } from "./recording/verifyFolder.js";
import type { Contact } from "../track/contact.js";
import type { Station } from "./stationTypes.js";
import { stationWith } from "./testing/fakeVehicle.js";
import type { CameraFeed, CameraFeedOptions, CameraListener } from "./sensors/cameraTypes.js";
import { reading } from "./testing/reading.js";

const open: Station[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station.dispose();
});
const folder = (): string => mkdtempSync(join(tmpdir(), "vigie-station-"));
const planText = readFileSync("missions/plans/boulogne-night-1.plan", "utf8");
const vehicleId = "udp:14550/1";
const NEEDS_OVERRIDE = { kind: "needs-override", blockingFindings: [{ kind: "training-on-real" }] };

async function aStation(changes: Parameters<typeof stationWith>[2] = {}, dataFolder = folder()) {
  const clock = new FakeClock();
  const made = await stationWith(clock, dataFolder, changes);
  open.push(made.station);
  const heartbeatFor = (seconds: number, isArmed = false): void => {
    for (let i = 0; i < seconds; i++) {
      made.vehicle.sendHeartbeat(isArmed);
      clock.advance(1000);
    }
  };
  return { ...made, clock, beatFor: heartbeatFor, dataFolder };
}
const LIVE_VIDEO: VideoStatus = {
  state: "live",
  because: undefined,
  uri: undefined,
  framesPerS: 20,
  hasKlv: true,
  skewMs: undefined,
  latencyMs: 60,
};
const aContact = (id: string, seenUnixUs: number): Contact => ({
  id,
  class: "person",
  position: { latitudeDeg: 50.77, longitudeDeg: 1.61 },
  covariance: { eastEastM2: 1, eastNorthM2: 0, northNorthM2: 1 },
  ellipse95: { semiMajorM: 2.45, semiMinorM: 2.45, orientationDeg: 0 },
  ce95M: 2.45,
  lengthM: 0.6,
  groundSpeedMps: undefined,
  courseDeg: undefined,
  surface: "land",
  firstSeenUnixUs: seenUnixUs,
  lastSeenUnixUs: seenUnixUs,
  observationCount: 9,
  score: 0.9,
});
const ofKind = <K extends ToUi["kind"]>(published: readonly ToUi[], kind: K) =>
  published.filter((message): message is Extract<ToUi, { kind: K }> => message.kind === kind);

describe("the ground station's heartbeat", () => {
  it("goes out once a second while a screen is alive, and stops when it freezes", async () => {
    const { clock, screen, vehicle } = await aStation();
    clock.advance(3000);
    expect(vehicle.count("HEARTBEAT")).toBe(0);
    for (let i = 0; i < 10; i++) {
      screen.fromUi({ kind: "ui-alive" });
      clock.advance(500);
    }
    expect(vehicle.count("HEARTBEAT")).toBe(5);
    clock.advance(20_000);
    expect(vehicle.count("HEARTBEAT")).toBeLessThanOrEqual(8);
    screen.fromUi({ kind: "ui-alive" });
    const before = vehicle.count("HEARTBEAT");
    clock.advance(1000);
    expect(vehicle.count("HEARTBEAT")).toBe(before + 1);
  });

  it("findings 6.3: is fed by answers to the station's questions, twice a second to every screen", async () => {
    const { clock, published, screen, vehicle } = await aStation();
    const pings = () => ofKind(published, "ping").length;
    const before = pings();
    for (let i = 0; i < 100; i++) {
      const asked = pings();
      clock.advance(100);
      if (pings() > asked) screen.fromUi({ kind: "ui-alive" });
    }
    expect(pings() - before).toBe(20);
    expect(vehicle.count("HEARTBEAT")).toBeGreaterThanOrEqual(9);
  });

  it("screens are told how many they are", async () => {
    const { station, published, screen } = await aStation();
    const counts = () => ofKind(published, "screens").map(({ count }) => count);
    expect(counts()).toEqual([1]);
    const second = station.connectUi(() => undefined);
    await expect.poll(counts).toEqual([1, 2]);
    second.close();
    expect(counts()).toEqual([1, 2, 1]);
    screen.close();
    expect(counts()).toEqual([1, 2, 1]);
  });

  it("needs no screen when the station flies without one", async () => {
    const { clock, vehicle } = await aStation({ requireUiHeartbeat: false });
    clock.advance(5000);
    expect(vehicle.count("HEARTBEAT")).toBe(5);
  });
});

describe("a vehicle", () => {
  it("appears with its first heartbeat, is lost within five seconds of silence and comes back by itself", async () => {
    const { clock, published, beatFor: heartbeatFor } = await aStation();
    heartbeatFor(3);
    const batch = ofKind(published, "telemetry-batch").at(-1);
    expect(batch?.vehicles).toMatchObject([{ id: vehicleId, autopilot: "ardupilot", airframe: "copter" }]);
    clock.advance(4500);
    expect(ofKind(published, "notice").map(({ notice }) => notice.key)).toEqual(["vehicle-heard", "vehicle-lost"]);
    expect(ofKind(published, "telemetry-batch").at(-1)?.links[0]?.state).toBe("lost");
    heartbeatFor(2);
    expect(ofKind(published, "notice").at(-1)?.notice.key).toBe("vehicle-back");
  });

  it("is asked for what it does not send, more and more patiently", async () => {
    const { vehicle, beatFor: heartbeatFor } = await aStation();
    heartbeatFor(10);
    const early = vehicle.count("COMMAND_LONG");
    expect(early).toBeGreaterThan(10);
    heartbeatFor(100);
    expect(vehicle.count("COMMAND_LONG") - early).toBeLessThan(120);
  });

  it("is shown at most thirty times a second, however often it speaks", async () => {
    const { clock, published, vehicle } = await aStation();
    vehicle.sendHeartbeat();
    const before = ofKind(published, "telemetry-batch").length;
    for (let i = 0; i < 1000; i++) {
      vehicle.send("ATTITUDE", { time_boot_ms: i, roll: 0.1 });
      clock.advance(1);
    }
    expect(ofKind(published, "telemetry-batch").length - before).toBeLessThanOrEqual(31);
  });
});

describe("what is refused", () => {
  it("a training plan on an aircraft that never said it is simulated; on a simulator it is verified", async () => {
    const { vehicle, ask, beatFor: heartbeatFor, published } = await aStation();
    vehicle.sendHeartbeat();
    vehicle.sendHome();
    const refused = await ask({ kind: "upload-plan", vehicleId, planText });
    expect(refused).toMatchObject({ ok: false, error: { kind: "transfer", failure: NEEDS_OVERRIDE } });
    expect(vehicle.count("MISSION_COUNT")).toBe(0);
    heartbeatFor(1);
    vehicle.sendSimulated();
    vehicle.sendHeartbeat();
    expect(await ask({ kind: "get-plan-aboard", vehicleId })).toMatchObject({
      ok: false,
      error: { kind: "not-found" },
    });
    expect(await ask({ kind: "upload-plan", vehicleId, planText })).toMatchObject({ ok: true });
    // A screen that did not upload the plan can draw it.
    const aboard = await ask({ kind: "get-plan-aboard", vehicleId });
    expect(aboard).toMatchObject({ ok: true, value: { kind: "plan-aboard", planHash: sha256Hex(planText) } });
    expect(ofKind(published, "aircraft-plan").at(-1)?.plan).toMatchObject({ kind: "verified" });
    const phases = new Set(ofKind(published, "transfer-status").map(({ status }) => status.phase));
    expect([...phases]).toEqual(["failed", "uploading", "reading-back", "verified"]);
  });

  it("starting a mission that is not verified", async () => {
    const { vehicle, ask } = await aStation();
    vehicle.sendHeartbeat(true);
    const result = await ask({
      kind: "command",
      vehicleId,
      commandId: "c-1",
      command: { kind: "start-mission" },
      isConfirmed: true,
    });
    expect(result).toMatchObject({ ok: false, error: { kind: "command", failure: { kind: "not-possible" } } });
    expect(result).toMatchObject({ error: { failure: { because: "not-verified" } } });
  });

  it("a second upload while one is going on, and both get their one reply", async () => {
    const { vehicle, ask } = await aStation();
    vehicle.isAnsweringMission = false;
    vehicle.sendHeartbeat();
    vehicle.sendHome();
    vehicle.sendSimulated();
    const first = ask({ kind: "upload-plan", vehicleId, planText });
    const second = ask({ kind: "upload-plan", vehicleId, planText });
    expect(await second).toMatchObject({ ok: false, error: { failure: { kind: "busy" } } });
    expect(await ask({ kind: "cancel-transfer", vehicleId })).toMatchObject({ ok: true });
    expect(await first).toMatchObject({ ok: false, error: { failure: { kind: "cancelled" } } });
  });

  it("unknown vehicles, broken plans, bad names and shapes that are no message", async () => {
    const { ask, screen, published } = await aStation();
    expect(
      await ask({ kind: "command", vehicleId: "x/9", commandId: "c-2", command: { kind: "arm" }, isConfirmed: true }),
    ).toMatchObject({
      error: { kind: "no-vehicle" },
    });
    expect(await ask({ kind: "save-plan", name: "../evil", planText })).toMatchObject({
      error: { kind: "bad-name" },
    });
    expect(await ask({ kind: "load-plan", name: "none" })).toMatchObject({ error: { kind: "not-found" } });
    for (const [name, problem] of [
      [" ", "empty"],
      ["CON", "device"],
      ["\u202etxt.nalp", "unseen"],
      ["é".repeat(190), "too-long"],
      ["../x", "dot"],
    ] as const)
      expect(await ask({ kind: "save-plan", name, planText: "{}" })).toMatchObject({
        error: { kind: "bad-name", problem },
      });
    expect(await ask({ kind: "fire" })).toMatchObject({ error: { kind: "bad-request" } });
    const before = published.length;
    for (const garbage of [undefined, null, 7, "x", [], {}, { kind: "request" }, Symbol("s")]) screen.fromUi(garbage);
    expect(published.length).toBe(before);
  });
});

describe("a reply", () => {
  it("review 1.0: comes after the state that it rests on, however shortly before that was heard", async () => {
    const { vehicle, screen, published, beatFor: heartbeatFor } = await aStation();
    heartbeatFor(1, false);
    vehicle.sendHeartbeat(true);
    // No time passes: the clock would publish the next batch only in 33 ms.
    screen.fromUi({ kind: "request", requestId: 77, request: { kind: "list-plans" } });
    const isReply = (message: ToUi): boolean => message.kind === "reply" && message.requestId === 77;
    await expect.poll(() => published.some(isReply)).toBe(true);
    const before = published.slice(0, published.findIndex(isReply));
    expect(ofKind(before, "telemetry-batch").at(-1)?.vehicles[0]?.heartbeat?.value.isArmed).toBe(true);
  });
});

describe("the reply to a new link", () => {
  it("comes after the link itself, also on a station that hears nothing", async () => {
    const { screen, published } = await aStation();
    const request = { kind: "add-link", uri: "udp://:14551", role: "vehicle" };
    // No time passes: the clock would publish the next batch only in 33 ms.
    screen.fromUi({ kind: "request", requestId: 78, request });
    const isReply = (message: ToUi): boolean => message.kind === "reply" && message.requestId === 78;
    await expect.poll(() => published.find(isReply)).toMatchObject({ result: { ok: true } });
    const before = published.slice(0, published.findIndex(isReply));
    expect(ofKind(before, "telemetry-batch").at(-1)?.links).toHaveLength(2);
  });
});

describe("a dangerous command", () => {
  it("is refused where nobody confirmed it, whatever door it comes by", async () => {
    const { vehicle, ask } = await aStation();
    vehicle.sendHeartbeat();
    const order = { commandId: "c-9", command: { kind: "arm" }, isConfirmed: false };
    expect(await ask({ kind: "command", vehicleId, ...order })).toMatchObject({
      error: { kind: "command", failure: { kind: "not-possible", because: "not-confirmed" } },
    });
    expect(await ask({ kind: "fleet-command", vehicleIds: [vehicleId], ...order })).toMatchObject({
      value: { results: [{ result: { error: { kind: "not-possible", because: "not-confirmed" } } }] },
    });
  });
});

describe("plans", () => {
  it("are kept by name", async () => {
    const { ask } = await aStation();
    expect(await ask({ kind: "save-plan", name: "night 1", planText })).toMatchObject({ ok: true });
    expect(await ask({ kind: "list-plans" })).toEqual({ ok: true, value: { kind: "plans", names: ["night 1"] } });
    expect(await ask({ kind: "load-plan", name: "night 1" })).toMatchObject({ value: { planText } });
  });
});

describe("names of places", () => {
  it("are told of at the start and given on request, whole", async () => {
    const { ask, published } = await aStation();
    expect(ofKind(published, "hello")[0]?.hasPlaces).toBe(true);
    const reply = await ask({ kind: "get-places" });
    const shipped = readFileSync("missions/places/channel.json", "utf8");
    if (!reply.ok || reply.value.kind !== "places") throw new Error("places were expected");
    expect(readPlaces(reply.value.documentJson, "reply")).toEqual(readPlaces(shipped, "file"));
  });
});

describe("the tide", () => {
  it("is given on request for a place, by the station's clock", async () => {
    const { ask, clock } = await aStation();
    const position = { latitudeDeg: 50.727, longitudeDeg: 1.578 };
    const unixTimeMs = clock.unixUs() / 1000;
    expect(await ask({ kind: "get-tide", position })).toMatchObject({
      ok: true,
      value: { kind: "tide", tide: { kind: "known", unixTimeMs } },
    });
  });
});

describe("garbage on the link", () => {
  it("is counted and disturbs nothing", async () => {
    const { vehicle, published, beatFor: heartbeatFor, clock } = await aStation();
    const rng = seededRng(5);
    for (let i = 0; i < 500; i++) {
      vehicle.raw(Uint8Array.from({ length: Math.floor(rng.uniform() * 300) }, () => rng.uniform() * 256));
      if (i % 50 === 0) vehicle.raw(Uint8Array.of(0xfd, 255, 0, 0));
    }
    heartbeatFor(2);
    clock.advance(500);
    const batch = ofKind(published, "telemetry-batch").at(-1);
    expect(batch?.vehicles.length).toBe(1);
    expect(batch?.links[0]?.countOfGarbageBytes).toBeGreaterThan(1000);
  });
});

describe("another ground station", () => {
  it("that sends the aircraft a mission makes the verified one doubtful, and one that only asks does not", async () => {
    const { vehicle, ask, published } = await aStation();
    vehicle.sendHeartbeat();
    vehicle.sendHome();
    vehicle.sendSimulated();
    expect(await ask({ kind: "upload-plan", vehicleId, planText })).toMatchObject({ ok: true });
    vehicle.isAnsweringMission = false;
    const plan = () => ofKind(published, "aircraft-plan").at(-1)?.plan;
    const receiveFromOther = (name: string, fields: MavlinkFields, seq: number): void =>
      vehicle.raw(encodeFrame({ name, fields, systemId: 254, componentId: 190, seq, version: 2 }));
    const to = { target_system: 1, target_component: 1 };
    receiveFromOther("PARAM_REQUEST_LIST", to, 1);
    receiveFromOther("MISSION_REQUEST_LIST", { ...to, mission_type: 0 }, 2);
    expect(plan()).toMatchObject({ kind: "verified" });
    receiveFromOther("MISSION_COUNT", { ...to, mission_type: 0, count: 3 }, 3);
    expect(plan()).toMatchObject({ kind: "to-be-read-again", because: "other-station" });
  });
});

describe("the sortie", () => {
  it("begins with the first vehicle, is sealed ten seconds after the landing, and a new arming begins another", async () => {
    const { beatFor: heartbeatFor, dataFolder, published, station } = await aStation();
    heartbeatFor(3);
    await expect.poll(() => readdirSync(join(dataFolder, "sorties")).length).toBe(1);
    heartbeatFor(5, true);
    heartbeatFor(12, false);
    await expect.poll(() => ofKind(published, "recorder-status").at(-1)?.status.state).toBe("idle");
    const [first = ""] = readdirSync(join(dataFolder, "sorties"));
    await expect
      .poll(() => verifySortieFolder(join(dataFolder, "sorties", first)))
      .toMatchObject({
        value: { verdict: "intact" },
      });
    heartbeatFor(2, true);
    await expect.poll(() => readdirSync(join(dataFolder, "sorties")).length).toBe(2);
    await station.dispose();
    const events = readFileSync(join(dataFolder, "sorties", first, "events.jsonl"), "utf8");
    expect(events).toMatch(/"kind":"armed".*\n(.*\n)*.*"kind":"disarmed"/);
  });

  it("flown after a landing begins without the contacts of the one before", async () => {
    const seen: CameraListener[] = [];
    let countOfStartOvers = 0;
    const openCamera = ({ listener, camera: { uri } }: CameraFeedOptions): CameraFeed => {
      seen.push(listener);
      return {
        status: () => ({ ...LIVE_VIDEO, uri }),
        setGround: () => undefined,
        setSkewMs: () => undefined,
        startOver: () => countOfStartOvers++,
        dispose: () => Promise.resolve(),
      };
    };
    const {
      beatFor: heartbeatFor,
      published,
      station,
      clock,
    } = await aStation({ inputs: { video: ["udp://:5600"] }, io: { openCamera } });
    heartbeatFor(3);
    heartbeatFor(3, true);
    const contact = aContact("C-1", clock.unixUs());
    seen[0]?.onContacts([contact], [contact.id]);
    seen[0]?.onPicture({ contactId: "C-1", widthPx: 1, heightPx: 1, luma: new Uint8Array(1) });
    expect(ofKind(published, "contacts").at(-1)?.contacts).toEqual([contact]);
    // A touch-and-go stays in the same sortie.
    heartbeatFor(5, false);
    heartbeatFor(3, true);
    expect(countOfStartOvers).toBe(0);
    heartbeatFor(12, false);
    await expect.poll(() => ofKind(published, "recorder-status").at(-1)?.status.state).toBe("idle");
    expect(ofKind(published, "contacts").at(-1)?.contacts).toEqual([contact]);
    heartbeatFor(2, true);
    expect(countOfStartOvers).toBe(1);
    expect(ofKind(published, "contacts").at(-1)?.contacts).toEqual([]);
    const late: ToUi[] = [];
    station.connectUi(reading((message) => late.push(message)));
    await expect.poll(() => late.some((message) => message.kind === "hello")).toBe(true);
    expect(ofKind(late, "contacts")).toEqual([{ kind: "contacts", contacts: [] }]);
    expect(ofKind(late, "contact-picture")).toEqual([]);
  });

  it("that cannot be written is a danger notice, and the flight goes on", async () => {
    const { beatFor: heartbeatFor, published } = await aStation({ sortieFolder: "/dev/null/sortie" });
    heartbeatFor(3);
    await expect
      .poll(() => ofKind(published, "notice").map(({ notice }) => `${notice.severity} ${notice.key}`))
      .toContain("danger recorder-failed");
    heartbeatFor(3);
    expect(ofKind(published, "telemetry-batch").at(-1)?.vehicles.length).toBe(1);
  });

  it("that a crash left unsealed is offered at the next start", async () => {
    const dataFolder = folder();
    const crashed = await aStation({}, dataFolder);
    crashed.beatFor(3);
    await expect.poll(() => readdirSync(join(dataFolder, "sorties")).length).toBe(1);
    const [name = ""] = readdirSync(join(dataFolder, "sorties"));
    await expect.poll(() => readdirSync(join(dataFolder, "sorties", name))).toContain("events.jsonl");
    const next = await aStation({}, dataFolder);
    expect(ofKind(next.published, "notice").map(({ notice }) => notice.key)).toContain("sortie-unsealed");
    const opened = await next.ask({ kind: "open-recording", path: join(dataFolder, "sorties", name) });
    expect(opened).toMatchObject({ ok: true, value: { document: { kind: "sortie", isSealed: false } } });
  });
});
