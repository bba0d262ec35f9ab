import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { VehicleEventBody } from "../vehicle/events.js";
import { emptyVehicle, reduceVehicle } from "../vehicle/reduceVehicle.js";
import type { VehicleId, VehicleState } from "../vehicle/vehicleState.js";
import { createEnvelopeReader, createPublisher, type Envelope } from "./envelope.js";
import type { LinkStatus } from "./linkMessages.js";
import { telemetryChanges, withTelemetryChanges, type TelemetryBatch } from "./telemetryChanges.js";
import { aLinkStatus } from "./testing/linkStatus.js";
import { decodeWire, encodeWire } from "./wire.js";

const HEARTBEAT: VehicleEventBody = {
  kind: "heartbeat",
  identity: { autopilot: "ardupilot", mavAutopilot: 3, airframe: "copter", mavType: 2 },
  heartbeat: { customMode: 3, modeName: "AUTO", isArmed: true, systemStatus: 4 },
};
const folded = (state: VehicleState, body: VehicleEventBody, atMonoMs: number, componentId = 1): VehicleState =>
  reduceVehicle(state, {
    ...{ systemId: state.systemId, componentId, receivedAtMonoMs: atMonoMs, unixTimeUs: 0, ...body },
  });
const vehicle = (systemId: number, atMonoMs = 0): VehicleState =>
  folded(emptyVehicle({ linkName: "udp", systemId, componentId: 1 }), HEARTBEAT, atMonoMs);
const batch = (vehicles: readonly VehicleState[], changes: Partial<TelemetryBatch> = {}): TelemetryBatch => ({
  ...{ kind: "telemetry-batch", stationMonoMs: 0, stationUnixUs: 0, vehicles, links: [], paths: [], ...changes },
});
const attitude = (rollDeg: number): VehicleEventBody => ({
  ...{ kind: "attitude", attitude: { rollDeg, pitchDeg: 1, headingDeg: 2 } },
});
const gimbal: VehicleEventBody = {
  ...{ kind: "gimbal", gimbal: { pitchDeg: -50, rollDeg: 0, yawEarthDeg: 7 }, yawFromNoseDeg: undefined },
};

describe("the changes of a vehicle", () => {
  const before = vehicle(1);
  const changesFrom = (after: VehicleState) => telemetryChanges(batch([before]), batch([after])).changes;

  it("are the members that a message replaced, and nothing else", () => {
    expect(changesFrom(before)).toEqual([]);
    expect(changesFrom({ ...before })).toEqual([]);
    const after = folded(before, attitude(4), 20);
    expect(changesFrom(after)).toEqual([{ vehicleId: "udp/1", changed: { attitude: after.attitude } }]);
  });

  it("say when it was heard last only where the readings do not", () => {
    const heard = { ...before, lastReceivedMonoMs: 40 };
    expect(changesFrom(heard)).toEqual([{ vehicleId: "udp/1", changed: { lastReceivedMonoMs: 40 } }]);
    const between = { ...folded(before, attitude(4), 20), lastReceivedMonoMs: 40 };
    expect(changesFrom(between)[0]?.changed).toEqual({ attitude: between.attitude, lastReceivedMonoMs: 40 });
    // The newest reading tells, in whatever order they are.
    const later = folded(folded(before, attitude(4), 20), HEARTBEAT, 40);
    expect(changesFrom(later)[0]?.changed).toEqual({ attitude: later.attitude, heartbeat: later.heartbeat });
    // A gimbal's reading is not the autopilot's: the vehicle was not heard at that time.
    const looked = folded(before, gimbal, 20, 154);
    expect(looked.lastReceivedMonoMs).toBe(0);
    expect(changesFrom(looked)[0]?.changed).toEqual({ gimbal: looked.gimbal, lastReceivedMonoMs: 0 });
    const both = folded(folded(before, attitude(4), 10), gimbal, 20, 154);
    expect(withTelemetryChanges(batch([before]), telemetryChanges(batch([before]), batch([both]))).vehicles).toEqual([
      both,
    ]);
  });

  it("name what is undefined now, which JSON cannot say", () => {
    const { attitude: _gone, ...others } = folded(before, attitude(4), 20);
    const unknown: VehicleState = { ...others, attitude: undefined };
    const [one] = telemetryChanges(batch([folded(before, attitude(4), 20)]), batch([unknown])).changes;
    expect(one).toEqual({ vehicleId: "udp/1", changed: {}, removed: ["attitude"] });
  });

  it("have of the texts only what was added, however many were dropped for it", () => {
    const said = (state: VehicleState, ...words: string[]): VehicleState =>
      words.reduce((next, text) => folded(next, { kind: "text", severity: 4, text, chunk: undefined }, 0), state);
    const many = said(before, ...Array.from({ length: 199 }, (_, i) => `text ${i}`));
    const textsFrom = (from: VehicleState, to: VehicleState) => {
      const changes = telemetryChanges(batch([from]), batch([to]));
      const next = withTelemetryChanges(batch([from]), changes).vehicles[0];
      expect(next).toEqual(to);
      next?.texts.forEach((text, i) => expect(text).toBe(to.texts[i]));
      return changes.changes[0];
    };
    const full = said(many, "EKF variance");
    expect(textsFrom(many, full)).toEqual({
      ...{ vehicleId: before.id, changed: {} },
      texts: { countOfDropped: 0, added: full.texts.slice(-1) },
    });
    const more = said(full, "EKF variance", "GPS glitch");
    expect(textsFrom(full, more)?.texts).toEqual({ countOfDropped: 2, added: more.texts.slice(-2) });
    // The first ones, a whole new list, one that lost a text, and one whose texts were described.
    const described = { ...full, texts: full.texts.with(7, { ...full.texts[7]!, text: "described" }) };
    const shorter = { ...full, texts: full.texts.slice(0, -1) };
    for (const [from, to] of [
      [before, many],
      [many, before],
      [full, shorter],
      [full, described],
    ] as const) {
      expect(textsFrom(from, to)).toEqual({ vehicleId: before.id, changed: { texts: to.texts } });
    }
  });

  it("leave everything else the same object in the reader", () => {
    const held = batch([before, vehicle(2)]);
    const after = batch([folded(before, attitude(4), 20), held.vehicles[1]!], { stationMonoMs: 33, links: held.links });
    const changes = telemetryChanges(held, { ...after, paths: held.paths });
    expect(changes).not.toHaveProperty("links");
    expect(changes).not.toHaveProperty("paths");
    expect(changes).not.toHaveProperty("vehicleIds");
    const next = withTelemetryChanges(held, changes);
    expect(next.vehicles[0]?.heartbeat).toBe(before.heartbeat);
    expect(next.vehicles[1]).toBe(held.vehicles[1]);
    expect(next.links).toBe(held.links);
    expect(next.paths).toBe(held.paths);
    // Nothing but time passed: the same list, so that nobody is told of it.
    const idle = withTelemetryChanges(next, telemetryChanges(next, { ...next, stationMonoMs: 66 }));
    expect(idle.vehicles).toBe(next.vehicles);
    expect(idle.stationMonoMs).toBe(66);
  });

  it("make no vehicle of one that was never received whole", () => {
    const changes = telemetryChanges(batch([before]), batch([folded(before, attitude(4), 20)]));
    expect(withTelemetryChanges(batch([]), changes).vehicles).toEqual([]);
    const vehicleIds = [before.id, "udp/9" as VehicleId];
    expect(withTelemetryChanges(batch([vehicle(9)]), { ...changes, vehicleIds }).vehicles).toEqual([vehicle(9)]);
  });
});

type VehicleStep =
  | { readonly kind: "fold"; readonly at: number; readonly body: VehicleEventBody; readonly componentId: number }
  | { readonly kind: "clear"; readonly at: number; readonly member: "battery" | "gps" | "hasBegunMission" | "version" }
  | { readonly kind: "hear" | "come" | "go"; readonly at: number };
type Step = VehicleStep | { readonly kind: "link" } | { readonly kind: "join" } | { readonly kind: "publish" };

const at = fc.nat(3);
const number = fc.nat(360);
const body: fc.Arbitrary<VehicleEventBody> = fc.oneof(
  fc.boolean().map((isArmed) => ({ ...HEARTBEAT, heartbeat: { ...HEARTBEAT.heartbeat, isArmed } })),
  number.map(attitude),
  number.map((severity): VehicleEventBody => {
    const text = severity % 2 ? "PreArm: no position" : `text ${severity}`;
    return { kind: "text", severity: severity % 8, text, chunk: undefined };
  }),
  fc.option(number, { nil: undefined }).map((percent): VehicleEventBody => ({
    kind: "battery",
    isSummary: false,
    battery: {
      ...{ voltageV: percent, currentA: undefined, timeRemainingS: undefined },
      remainingFraction: percent === undefined ? undefined : percent / 360,
    },
  })),
  fc.constantFrom<VehicleEventBody>(
    { kind: "flight-phase", phase: { landed: "air", vtol: undefined } },
    { kind: "flight-phase", phase: { landed: "ground", vtol: undefined } },
    { kind: "gps", gps: { fixType: 3, satellitesVisible: 14, horizontalAccuracyM: undefined, hdop: 0.8 } },
    { kind: "mission-progress", mission: { currentSeq: 3, countOfItems: 9 } },
    { kind: "simulated" },
    { kind: "version", version: { firmwareVersion: "4.6.0", capabilityBits: 7, uid: undefined } },
    gimbal,
  ),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant("fold"), at, body, componentId: fc.constantFrom(1, 154) }) },
  { weight: 8, arbitrary: fc.constant({ kind: "publish" }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ...{ kind: fc.constant("clear"), at },
      member: fc.constantFrom("battery", "gps", "hasBegunMission", "version"),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("hear", "come", "come", "come", "go"), at }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("link", "join") }) },
);

const LINK = aLinkStatus({ messagesPerS: 50, bytesPerS: 2000 });

/** A screen at the other end of a wire, with what it held after the last envelope. */
class Screen {
  readonly #read = createEnvelopeReader();
  readonly #carry: (envelope: Envelope) => unknown;
  held: TelemetryBatch | undefined;

  constructor(isWebSocket: boolean) {
    this.#carry = isWebSocket ? (envelope) => decodeWire(encodeWire(envelope)) : structuredClone;
  }

  receive(envelope: Envelope): void {
    const message = this.#read(this.#carry(envelope) as Envelope);
    if (message?.kind === "telemetry-batch") this.held = message;
  }
}

/** A station's vehicles and its screens; they come, go and are folded as the steps say. */
class Station {
  readonly vehicles = new Map<VehicleId, VehicleState>();
  readonly screens: Screen[] = [];
  readonly #publisher = createPublisher("S");
  #links: readonly LinkStatus[] = [LINK];
  #nowMonoMs = 0.125;
  #last: TelemetryBatch | undefined;

  take(step: Step): void {
    this.#nowMonoMs += 7.3;
    if (step.kind === "publish") this.publish();
    else if (step.kind === "join") this.#join();
    else if (step.kind === "link") this.#links = [{ ...LINK, countOfMessages: this.#nowMonoMs }];
    else this.#change(step);
  }

  publish(): void {
    const next = batch([...this.vehicles.values()], { stationMonoMs: this.#nowMonoMs, links: this.#links });
    const held = this.screens.map((screen) => screen.held);
    const envelope = this.#publisher.publish(next);
    this.screens.forEach((screen, i) => {
      screen.receive(envelope);
      expect(screen.held).toEqual(next);
      this.#expectSameObjects(next, held[i], screen.held);
    });
    this.#last = next;
  }

  #join(): void {
    this.publish();
    const screen = new Screen(this.screens.length % 2 === 0);
    screen.receive(this.#publisher.snapshot()!);
    expect(screen.held).toEqual(this.#last);
    this.screens.push(screen);
  }

  /** A vehicle that is the same object in two batches is so at the other end too. */
  #expectSameObjects(
    next: TelemetryBatch,
    before: TelemetryBatch | undefined,
    after: TelemetryBatch | undefined,
  ): void {
    for (const vehicle of next.vehicles) {
      if (!this.#last?.vehicles.includes(vehicle)) continue;
      const of = (held: TelemetryBatch | undefined) => held?.vehicles.find(({ id }) => id === vehicle.id);
      expect(of(after)).toBe(of(before));
    }
  }

  #change(step: VehicleStep): void {
    const id = `udp/${step.at}` as VehicleId;
    if (step.kind === "go") this.vehicles.delete(id);
    // One that comes again within one batch is another vehicle, at the end of the list.
    if (step.kind === "come") {
      this.vehicles.delete(id);
      this.vehicles.set(id, vehicle(step.at, this.#nowMonoMs));
    }
    const known = this.vehicles.get(id);
    if (!known) return;
    if (step.kind === "fold") this.vehicles.set(id, folded(known, step.body, this.#nowMonoMs, step.componentId));
    if (step.kind === "hear") this.vehicles.set(id, { ...known, lastReceivedMonoMs: this.#nowMonoMs });
    if (step.kind === "clear") this.vehicles.set(id, { ...known, [step.member]: undefined });
  }
}

describe("whatever is folded, whoever comes, goes and joins", () => {
  it("every screen holds the station's states after every batch", () => {
    let countOfStates = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), (steps) => {
        const station = new Station();
        station.take({ kind: "join" });
        for (const one of steps) {
          station.take(one);
          if (one.kind === "publish") countOfStates += station.vehicles.size;
        }
        station.publish();
      }),
      { numRuns: 400, seed: 20261130 },
    );
    expect(countOfStates).toBeGreaterThan(2000);
  });
});
