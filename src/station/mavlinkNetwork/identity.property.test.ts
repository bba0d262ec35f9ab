import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FakeClock } from "../../core/fakeClock.js";
import { type Rng, seededRng } from "../../core/rng.js";
import { lives } from "../../core/testing/lives.js";
import type { MavlinkFields, MavlinkFrame, OutgoingMessage } from "../../mavlink/frame.js";
import { emptyVehicle } from "../../vehicle/reduceVehicle.js";
import type { VehicleId } from "../../vehicle/vehicleState.js";
import { quietLink } from "../testing/quietLink.js";
import { StationBus } from "../bus.js";
import { Fleet } from "./fleet.js";
import { startReadingService } from "../reading/readingService.js";
import { anEnvironment } from "../testing/sessionOptions.js";
import type { VehicleSession } from "../vehicle/vehicleSession.js";
import type { FleetOptions } from "./fleetEntry.js";
import type { LinkSession } from "./linkSession.js";

/**
 * Vehicle identity without sockets, bytes and services: the real fleet, frames as the parser yields them, and vehicles
 * that only record what is sent to them. One aircraft sends, falls silent and comes back; others send from addresses of
 * their own; and an attacker sends from the aircraft's address while it is silent.
 */
const ID = "a/1" as VehicleId;
const OWN_ADDRESS = "10.0.0.1:1";
const ARM: OutgoingMessage = { name: "COMMAND_LONG", fields: { command: 400, param1: 1 } };
const MESSAGE_IDS: Readonly<Record<string, number>> = {
  HEARTBEAT: 0,
  ATTITUDE: 30,
  GLOBAL_POSITION_INT: 33,
  MISSION_ACK: 47,
  COMMAND_ACK: 77,
  STATUSTEXT: 253,
};
const reading = startReadingService({ log: () => undefined });
const NO_BYTES = new Uint8Array();
const STEP_MS = 250;

type Sent = { readonly message: OutgoingMessage; readonly to: string | undefined };
type Place = { readonly link: LinkSession; readonly from: string };
type Received = { readonly vehicleId: VehicleId; readonly frame: MavlinkFrame };

function aSky() {
  const clock = new FakeClock();
  const sent: Sent[] = [];
  const received: Received[] = [];
  const ignore = (): void => undefined;
  const linkOf = (name: string): LinkSession => quietLink(name, (message, to) => sent.push({ message, to }));
  const links = [linkOf("a"), linkOf("b")] as const;
  const openSession: FleetOptions["openSession"] = ({ address, path }) => {
    let state = emptyVehicle(address);
    const session: Partial<VehicleSession> = {
      state: () => state,
      isLost: () => clock.monoMs() - state.lastReceivedMonoMs > 4000,
      onFrame: (frame) => {
        received.push({ vehicleId: state.id, frame });
        if (frame.componentId === address.componentId) state = { ...state, lastReceivedMonoMs: clock.monoMs() };
      },
      ...{ tick: ignore, dispose: ignore },
      command: () => {
        path.send(ARM);
        return Promise.resolve({ ok: true, value: undefined });
      },
    };
    return session as VehicleSession;
  };
  const fleet = new Fleet({
    ...{ time: { clock, scheduler: clock }, bus: new StationBus(), openSession },
    environment: { ...anEnvironment({ dataFolder: "" }), reading },
  });
  let seq = 0;
  const publish = ({ link, from }: Place, name: string, fields: MavlinkFields, systemId = 1): MavlinkFrame => {
    const frame: MavlinkFrame = {
      ...{ version: 2, systemId, componentId: 1, seq: seq++ & 255, messageId: MESSAGE_IDS[name] ?? 999, name },
      ...{ bytes: NO_BYTES, signature: undefined, fields },
    };
    const key = `${link.name} ${from} ${systemId}`;
    fleet.onFrame({ key, link, from }, frame, { first: { sourceKey: key, isApplied: false }, isCopy: false });
    return frame;
  };
  const arm = (): readonly Sent[] => {
    const before = sent.length;
    void fleet.get(ID)?.command({ commandId: "c", command: { kind: "arm" }, isConfirmed: true });
    return sent.slice(before).filter(({ message }) => message === ARM);
  };
  return { clock, fleet, links, received, publish, arm };
}

const heartbeatOf = (isArmed: boolean): MavlinkFields => ({
  type: 2,
  autopilot: 3,
  base_mode: isArmed ? 209 : 81,
  custom_mode: 4,
});
const placeOf = (timeBootMs: number, northM: number): MavlinkFields => {
  const [lat7, lon7] = [507_745_000 + Math.round((northM / 111_320) * 1e7), 16_075_290];
  // eslint-disable-next-line id-denylist -- MAVLink's own names
  return { time_boot_ms: Math.round(timeBootMs), lat: lat7, lon: lon7 };
};

/** Boot time and position claimed by a sender who does not know when the aircraft booted, or where it is. */
function pretence(
  rng: Rng,
  nowMonoMs: number,
  aircraft: { readonly northM: number; readonly wasArmed: boolean },
): MavlinkFields {
  const madeUpMs = nowMonoMs + 10_000 + rng.uniform() * 1e6;
  const pick = rng.uniform();
  if (pick < 0.5) return placeOf(madeUpMs, aircraft.northM + rng.uniform() * 20);
  // A pretended restart, at a place that is not the aircraft's; for an aircraft that was armed, also at its exact
  // place.
  const awayM = aircraft.wasArmed ? 0 : 3000 + rng.uniform() * 1e4;
  return placeOf(200 + rng.uniform() * 200, aircraft.northM + awayM);
}

function live(seed: number) {
  const rng = seededRng(seed);
  const sky = aSky();
  const { clock, links, publish: send } = sky;
  const isArmed = rng.uniform() < 0.5;
  const own = { link: links[0], from: OWN_ADDRESS };
  const strangers = [0, 1].map((i) => ({ link: links[rng.uniform() < 0.5 ? 0 : 1], from: `10.0.6.${i}:6` }));
  const forged = new Set<MavlinkFrame>();
  let northM = 0;
  const sendOwn = (): void => {
    send(own, "HEARTBEAT", heartbeatOf(isArmed));
    send(own, "GLOBAL_POSITION_INT", placeOf(clock.monoMs() + 6000, northM));
  };
  const fly = (): void => {
    northM += 2;
    sky.fleet.tick();
    clock.advance(STEP_MS);
  };
  for (let i = 0; i < 4; i++) {
    sendOwn();
    fly();
  }
  const misbehave = (place: Place): void => {
    const pick = Math.floor(rng.uniform() * 6);
    const to = { target_system: 255, target_component: 190 };
    const known = { northM, wasArmed: isArmed };
    if (pick <= 1) forged.add(send(place, "HEARTBEAT", heartbeatOf(rng.uniform() < 0.5)));
    if (pick === 2) forged.add(send(place, "GLOBAL_POSITION_INT", pretence(rng, clock.monoMs(), known)));
    if (pick === 3) forged.add(send(place, "MISSION_ACK", { ...to, type: 0 }));
    if (pick === 4) forged.add(send(place, "COMMAND_ACK", { ...to, command: 400, result: 0 }));
    if (pick === 5) send(place, "HEARTBEAT", heartbeatOf(false), 2 + Math.floor(rng.uniform() * 250));
  };
  const sentAstray: (string | undefined)[] = [];
  let silentUntilMonoMs = 0;
  for (let i = 0; i < 40; i++) {
    const nowMonoMs = clock.monoMs();
    if (rng.uniform() < 0.05) silentUntilMonoMs = nowMonoMs + rng.uniform() * 7000;
    if (nowMonoMs >= silentUntilMonoMs && rng.uniform() < 0.8) sendOwn();
    for (const stranger of strangers) if (rng.uniform() < 0.7) misbehave(stranger);
    if (rng.uniform() < 0.1) sentAstray.push(...sky.arm().map(({ to }) => to));
    fly();
  }
  const believed = sky.received.filter(({ vehicleId, frame }) => vehicleId === ID && forged.has(frame));
  // Once received from its own address again, the aircraft is identified at once and commands go there.
  for (let i = 0; i < 4; i++) {
    sendOwn();
    fly();
  }
  const last = sky.received.findLast(({ vehicleId }) => vehicleId === ID);
  const isItself = last !== undefined && last.frame.name === "GLOBAL_POSITION_INT" && !forged.has(last.frame);
  return { believed, sentAstray, isItself, answered: sky.arm().map(({ to }) => to) };
}

/** While the aircraft is silent an attacker sends from its address; then the aircraft comes back. */
function liveWithForger(seed: number) {
  const rng = seededRng(seed);
  const sky = aSky();
  const { clock, links, publish: send } = sky;
  const own = { link: links[0], from: OWN_ADDRESS };
  const isArmed = rng.uniform() < 0.5;
  let northM = 0;
  const sendOwn = (): void => {
    send(own, "GLOBAL_POSITION_INT", placeOf(clock.monoMs() + 600_000, northM));
    send(own, "HEARTBEAT", heartbeatOf(isArmed));
  };
  const pass = (steps: number, each: () => void): void => {
    for (let i = 0; i < steps; i++) {
      each();
      sky.fleet.tick();
      northM += 2;
      clock.advance(STEP_MS);
    }
  };
  // Long enough for the rate of its clock to be measured.
  pass(Math.ceil(6000 / STEP_MS), sendOwn);
  pass(12 + Math.floor(rng.uniform() * 20), () => undefined);
  const forged = new Set<MavlinkFrame>();
  const isElsewhere = rng.uniform() < 0.5;
  const bootMonoMs = -(1_200_000 + rng.uniform() * 1e6);
  // Either a different boot time, or the aircraft's own boot time at a place that it cannot have reached.
  const forge = (): void => {
    const [timeBootMs, at] = isElsewhere ? [clock.monoMs() + 600_000, 50_000] : [clock.monoMs() - bootMonoMs, northM];
    forged.add(send(own, "GLOBAL_POSITION_INT", placeOf(timeBootMs, at)));
    if (rng.uniform() < 0.5) forged.add(send(own, "HEARTBEAT", heartbeatOf(false)));
    if (rng.uniform() < 0.3) forged.add(send(own, "MISSION_ACK", { type: 0, mission_type: 0 }));
  };
  pass(Math.floor(rng.uniform() * 30) + 1, forge);
  const believed = sky.received.filter(({ vehicleId, frame }) => vehicleId === ID && forged.has(frame));
  const answeredMeanwhile = sky.arm().map(({ to }) => to);
  pass(8, sendOwn);
  const after = sky.received.slice(-4).map(({ vehicleId, frame }) => `${vehicleId} ${String(forged.has(frame))}`);
  return { believed, answeredMeanwhile, after, answered: sky.arm().map(({ to }) => to) };
}

/**
 * How many random runs it takes to find known mistakes put into `linkIdentity.ts`: a contradicting boot time or
 * position is believed, the speed or nearness limit is a hundred or a thousand times too wide: 1, 2, 2 and 2 runs.
 * Merging vehicles whose clocks differ is not found in 10,000.
 */
const RUNS = { numRuns: lives(2000), seed: 20_261_130 };

describe("property: impostors, losses and silences, at random", () => {
  it("strangers never get a command that was meant for the aircraft, nor its place", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { believed, sentAstray, isItself, answered } = live(seed);
        expect(believed).toEqual([]);
        expect(sentAstray.filter((to) => to !== OWN_ADDRESS)).toEqual([]);
        expect(isItself).toBe(true);
        expect(answered).toEqual([OWN_ADDRESS]);
      }),
      RUNS,
    );
  }, 300_000);

  it("forged words from its own address are not its own where they contradict it, and it is itself when it is back", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { believed, answeredMeanwhile, after, answered } = liveWithForger(seed);
        expect(believed).toEqual([]);
        expect(answeredMeanwhile).toEqual([OWN_ADDRESS]);
        expect(after).toEqual(Array(4).fill(`${ID} false`));
        expect(answered).toEqual([OWN_ADDRESS]);
      }),
      RUNS,
    );
  }, 300_000);
});
