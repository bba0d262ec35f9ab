/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { FakeClock } from "../../../core/fakeClock.js";
import { destination } from "../../../geo/geodesic.js";
import type { Position } from "../../../geo/position.js";
import { fenceSection } from "../../../plan/formats/fenceSection.js";
import type { Plan } from "../../../plan/plan.js";
import type { PlaceQuestion, VehicleCommand } from "../../../vehicle/commands.js";
import { stationWith } from "../../testing/fakeVehicle.js";
import { flyingSession } from "../../testing/flyingSession.js";
import type { Station } from "../../stationTypes.js";

const HOME: Position = { latitudeDeg: 50.77, longitudeDeg: 1.6045 };
const FENCE_M = 400;
const corners = [45, 135, 225, 315].map((bearingDeg) => destination(HOME, bearingDeg, FENCE_M * Math.SQRT2));
const fenced = (mavType: number): Plan => ({
  name: "fenced",
  vehicleType: mavType,
  firmwareType: 12,
  cruiseSpeedMps: 15,
  hoverSpeedMps: 8,
  plannedHome: { position: HOME, altitudeAmslM: 6 },
  items: [
    {
      kind: "simple",
      id: "i1",
      item: {
        command: 22,
        params: [0, 0, 0, 0],
        position: HOME,
        altitude: { datum: "home", valueM: 40 },
        autoContinue: true,
      },
    },
  ],
  fenceJson: fenceSection({ polygons: [{ isInclusion: true, corners }], circles: [], breachReturn: undefined }),
  rallyJson: undefined,
  isTraining: true,
});
const height = { datum: "home", valueM: 40 } as const;
const goTo = (distanceM: number): VehicleCommand => ({
  kind: "go-to",
  position: destination(HOME, 0, distanceM),
  height,
});
const orbit = (distanceM: number, radiusM: number): VehicleCommand => ({
  kind: "orbit",
  centre: destination(HOME, 0, distanceM),
  ...{ height, radiusM, direction: "clockwise" },
});
const refusedFor = (...asks: readonly PlaceQuestion[]) => ({
  phase: "failed",
  failure: { kind: "not-possible", because: "not-confirmed", asks },
});
const DONE = { phase: "done" };

/** A simulated aircraft in flight, 40 m above its home. */
function upThere(autopilot: "ardupilot" | "px4") {
  const flight = flyingSession({ autopilot, airframe: "copter" });
  flight.until(() => false, 60);
  const takeOff = (): void => {
    expect(flight.command({ kind: "arm" })).toEqual(DONE);
    expect(flight.command({ kind: "take-off", altitudeAboveHomeM: 40 })).toEqual(DONE);
    flight.until(() => (flight.vehicle().position?.value.altitudeAboveHomeM ?? 0) > 37, 90);
  };
  return { ...flight, takeOff, press: (command: VehicleCommand) => flight.command(command, false) };
}

describe.each(["ardupilot", "px4"] as const)("findings 5.5: %s, sent to a place by a press alone", (autopilot) => {
  it("is not sent beyond the fence of the plan that was verified on it, and is when a person confirms", () => {
    const { upload, takeOff, press, command, vehicle } = upThere(autopilot);
    expect(upload(fenced(vehicle().mavType))).toMatchObject({ phase: "verified" });
    takeOff();
    expect(press(goTo(FENCE_M - 50))).toEqual(DONE);
    expect(press(goTo(FENCE_M + 50))).toEqual(refusedFor("beyond-fence"));
    if (autopilot === "px4") expect(press(orbit(FENCE_M - 40, 80))).toEqual(refusedFor("beyond-fence"));
    expect(command(goTo(FENCE_M + 50))).toEqual(DONE);
  });
});

describe("a fence that another station had sent", () => {
  it("asks once this station has read it from the aircraft, without any plan of its own", async () => {
    const first = upThere("px4");
    expect(first.upload(fenced(first.vehicle().mavType))).toMatchObject({ phase: "verified" });
    const later = first.another();
    first.takeOff();
    first.until(() => false, 10);
    const press = (command: VehicleCommand) => later.command({ commandId: "late", command, isConfirmed: false });
    expect(await press(goTo(FENCE_M + 50))).toMatchObject({
      error: { because: "not-confirmed", asks: ["beyond-fence"] },
    });
    void press(goTo(FENCE_M - 50));
    expect(first.until(() => (later.state().velocity?.value.groundSpeedMps ?? 0) > 2, 30)).toBe(true);
  });
});

describe("findings 5.5: a place over 5 km away, at the station's doors", () => {
  const open: Station[] = [];
  afterEach(async () => {
    for (const station of open.splice(0)) await station.dispose();
  });
  async function flyingStation() {
    const clock = new FakeClock();
    const made = await stationWith(clock, mkdtempSync(join(tmpdir(), "vigie-far-")));
    open.push(made.station);
    const { vehicle } = made;
    for (let i = 0; i < 20; i++) {
      vehicle.sendTelemetry(clock.monoMs(), { isArmed: true });
      vehicle.sendHome();
      vehicle.send("EXTENDED_SYS_STATE", { landed_state: 2 });
      clock.advance(100);
    }
    return made;
  }
  const here: Position = { latitudeDeg: 50.7745, longitudeDeg: 1.607529 };
  const far = { kind: "go-to", position: destination(here, 270, 5200), height };
  const near = { ...far, position: destination(here, 270, 500) };
  const sentTo = ({ vehicle }: Awaited<ReturnType<typeof flyingStation>>) => vehicle.count("COMMAND_INT");
  const vehicleId = "udp:14550/1";

  it("is refused to a screen and to a fleet unless confirmed, and nothing of it leaves", async () => {
    const made = await flyingStation();
    const order = { commandId: "c-1", command: far, isConfirmed: false };
    const failure = {
      kind: "not-possible",
      because: "not-confirmed",
      asks: ["far", "fence-unknown", "battery-unknown"],
    };
    expect(await made.ask({ kind: "command", vehicleId, ...order })).toMatchObject({
      error: { kind: "command", failure },
    });
    expect(await made.ask({ kind: "fleet-command", vehicleIds: [vehicleId], ...order })).toMatchObject({
      value: { results: [{ result: { error: failure } }] },
    });
    expect(sentTo(made)).toBe(0);
  });
  it("is sent when a person confirmed it; a near one by a press", async () => {
    for (const [command, isConfirmed] of [
      [far, true],
      [near, false],
    ] as const) {
      const made = await flyingStation();
      await made.ask({ kind: "command", vehicleId, commandId: "c-1", command, isConfirmed });
      expect(sentTo(made)).toBeGreaterThan(0);
    }
  });
});
