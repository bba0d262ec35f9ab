/** Where an aircraft flies to is the station's knowledge: the same for every screen, also for one that joins late. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { ToUi } from "../contract/messages.js";
import { FakeClock } from "../core/fakeClock.js";
import { destination } from "../geo/geodesic.js";
import type { VehicleCommand } from "../vehicle/commands.js";
import type { GuidedTarget } from "../vehicle/guidedTarget.js";
import type { Station } from "./stationTypes.js";
import { stationWith } from "./testing/fakeVehicle.js";
import { reading } from "./testing/reading.js";

const HERE = { latitudeDeg: 50.7745, longitudeDeg: 1.607529 };
const THERE = destination(HERE, 270, 500);
const VEHICLE_ID = "udp:14550/1";
const goTo = (valueM: number) => ({ kind: "go-to", position: THERE, height: { datum: "home", valueM } }) as const;
const height: VehicleCommand = { kind: "change-altitude", height: { datum: "home", valueM: 55 } };

const open: Station[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station.dispose();
});

/** An aircraft in GUIDED that accepts every command, and a screen. */
async function flyingStation() {
  const clock = new FakeClock();
  const made = await stationWith(clock, mkdtempSync(join(tmpdir(), "vigie-guided-")));
  open.push(made.station);
  const { vehicle, station } = made;
  let countOfAnswered = 0;
  const live = (): void => {
    vehicle.sendTelemetry(clock.monoMs(), { isArmed: true });
    vehicle.sendHome();
    vehicle.send("EXTENDED_SYS_STATE", { landed_state: 2 });
    const commands = vehicle.received.filter(({ name }) => name === "COMMAND_INT" || name === "COMMAND_LONG");
    for (const { fields } of commands.slice(countOfAnswered)) {
      const to = { target_system: 255, target_component: 190 };
      vehicle.send("COMMAND_ACK", { command: Number(fields["command"]), result: 0, ...to });
    }
    countOfAnswered = commands.length;
    clock.after(100, live);
  };
  live();
  clock.advance(2000);
  const toldLast = () => vehicle.received.findLast(({ name }) => name === "COMMAND_INT")?.fields;
  const another = async (): Promise<{
    readonly messages: readonly ToUi[];
    readonly send: (command: VehicleCommand) => void;
  }> => {
    const messages: ToUi[] = [];
    const screen = station.connectUi(reading((message) => messages.push(message)));
    await expect.poll(() => messages.some(({ kind }) => kind === "screens")).toBe(true);
    const send = (command: VehicleCommand): void =>
      screen.fromUi({
        kind: "request",
        requestId: 1,
        request: { kind: "fleet-command", vehicleIds: [VEHICLE_ID], commandId: "other", command, isConfirmed: true },
      });
    return { messages, send };
  };
  const command = (order: VehicleCommand) => made.ask({ kind: "command", vehicleId: VEHICLE_ID, command: order });
  return { ...made, clock, toldLast, another, command };
}
const targetsIn = (messages: readonly ToUi[]): readonly (GuidedTarget | undefined)[] =>
  messages.flatMap((message) => (message.kind === "guided-target" ? [message.target] : []));

describe("a place that an aircraft was sent to", () => {
  it("is told to every screen, and to one that joins later", async () => {
    const { published, another, command } = await flyingStation();
    expect(targetsIn((await another()).messages)).toEqual([undefined]);
    expect(await command(goTo(40))).toMatchObject({ ok: true });
    const target = { command: goTo(40), isConfirmed: true };
    expect(targetsIn(published).at(-1)).toEqual(target);
    expect(targetsIn((await another()).messages)).toEqual([target]);
    expect(await command(height)).toMatchObject({ ok: true });
    expect(targetsIn(published).at(-1)).toEqual({ command: goTo(55), isConfirmed: true });
  });

  it("is forgotten by a pause of another screen's fleet panel: another height then leads nowhere else", async () => {
    const { published, another, command, toldLast, clock } = await flyingStation();
    await command(goTo(40));
    const other = await another();
    other.send({ kind: "pause" });
    clock.advance(3000);
    await expect.poll(() => other.messages.some(({ kind }) => kind === "reply")).toBe(true);
    expect([targetsIn(published).at(-1), targetsIn(other.messages).at(-1)]).toEqual([undefined, undefined]);
    expect(await command(height)).toMatchObject({ ok: true });
    expect(toldLast()).toMatchObject({ command: 192, x: 507745000, y: 16075290, z: 55 });
  });
});
