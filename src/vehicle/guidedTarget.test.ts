import { describe, expect, it } from "vitest";
import type { VehicleCommand } from "./commands.js";
import {
  type GuidedEvent,
  type GuidedFlight,
  type GuidedTarget,
  guidedTargetOf,
  stepGuidedFlight,
} from "./guidedTarget.js";

const GUIDED = 4;
const PLACE = { latitudeDeg: 50.7, longitudeDeg: 1.6 };
const height = { datum: "home", valueM: 50 } as const;
const GO_TO: GuidedTarget = { command: { kind: "go-to", position: PLACE, height }, isConfirmed: false };
const ORBIT: GuidedTarget = {
  command: { kind: "orbit", centre: PLACE, height, radiusM: 70, direction: "counter-clockwise" },
  isConfirmed: true,
};
const HIGHER = { kind: "change-altitude", height: { datum: "home", valueM: 80 } } as const;
const FLIGHT: GuidedFlight = { target: GO_TO, customMode: GUIDED };
const heartbeat = (customMode: number, isArmed = true): GuidedEvent => ({
  kind: "heartbeat",
  heartbeat: { customMode, modeName: "GUIDED", isArmed, systemStatus: 4 },
});

describe("a flight to a place", () => {
  it("begins when the command is done, in the mode of that moment; not before", () => {
    const sent = stepGuidedFlight(undefined, { kind: "command-sent", command: GO_TO.command });
    expect(sent).toBeUndefined();
    const done = { kind: "command-done", target: GO_TO } as const;
    expect(stepGuidedFlight(sent, { ...done, customMode: GUIDED })).toEqual(FLIGHT);
    expect(stepGuidedFlight(sent, { ...done, customMode: undefined })).toBeUndefined();
  });

  const ENDING: readonly VehicleCommand[] = [
    GO_TO.command,
    ORBIT.command,
    { kind: "disarm" },
    { kind: "take-off", altitudeAboveHomeM: 20 },
    { kind: "start-mission" },
    { kind: "pause" },
    { kind: "resume" },
    { kind: "jump-to-item", item: 1 },
    { kind: "return" },
    { kind: "land" },
    { kind: "change-heading", headingDeg: 90 },
    { kind: "transition", to: "hover" },
    { kind: "set-mode", customMode: GUIDED },
    { kind: "reboot" },
  ];
  it.each(ENDING)("is over once $kind is sent, whether that succeeds or fails", (command) => {
    const sent = stepGuidedFlight(FLIGHT, { kind: "command-sent", command });
    expect(sent).toBeUndefined();
    expect(stepGuidedFlight(sent, { kind: "command-failed", command })).toBeUndefined();
    expect(stepGuidedFlight(sent, { kind: "command-done", target: undefined, customMode: GUIDED })).toBeUndefined();
  });

  const KEEPING: readonly VehicleCommand[] = [
    { kind: "change-speed", speedKind: "ground", speedMps: 8 },
    { kind: "enable-fence", isEnabled: true },
    { kind: "arm" },
  ];
  it.each(KEEPING)("goes on through $kind, whether that succeeds or fails", (command) => {
    expect(stepGuidedFlight(FLIGHT, { kind: "command-sent", command })).toBe(FLIGHT);
    expect(stepGuidedFlight(FLIGHT, { kind: "command-failed", command })).toBe(FLIGHT);
    expect(stepGuidedFlight(FLIGHT, { kind: "command-done", target: undefined, customMode: GUIDED })).toBe(FLIGHT);
  });

  it("goes on while another height is sent, and is not known any more when that fails", () => {
    expect(stepGuidedFlight(FLIGHT, { kind: "command-sent", command: HIGHER })).toBe(FLIGHT);
    expect(stepGuidedFlight(FLIGHT, { kind: "command-failed", command: HIGHER })).toBeUndefined();
  });

  it("is over in any other mode, whatever that is called, disarmed, and when the vehicle is lost or restarts", () => {
    expect(stepGuidedFlight(FLIGHT, heartbeat(GUIDED))).toBe(FLIGHT);
    for (const event of [heartbeat(17), heartbeat(5), heartbeat(2), heartbeat(GUIDED, false)])
      expect(stepGuidedFlight(FLIGHT, event)).toBeUndefined();
    expect(stepGuidedFlight(FLIGHT, { kind: "vehicle-lost" })).toBeUndefined();
  });
});

describe("where an order sends the vehicle", () => {
  it.each([GO_TO, ORBIT])("$command.kind: to its own place", ({ command, isConfirmed }) => {
    expect(guidedTargetOf({ command, isConfirmed }, GO_TO)).toEqual({ command, isConfirmed });
  });
  it("another height: to the same place at that height, confirmed as the place was", () => {
    expect(guidedTargetOf({ command: HIGHER, isConfirmed: true }, GO_TO)).toEqual({
      command: { ...GO_TO.command, height: HIGHER.height },
      isConfirmed: false,
    });
    expect(guidedTargetOf({ command: HIGHER, isConfirmed: false }, ORBIT)).toEqual({
      command: { ...ORBIT.command, height: HIGHER.height },
      isConfirmed: true,
    });
  });
  it("another height where no place is known, and every other command: nowhere", () => {
    expect(guidedTargetOf({ command: HIGHER, isConfirmed: true }, undefined)).toBeUndefined();
    expect(guidedTargetOf({ command: { kind: "pause" }, isConfirmed: true }, GO_TO)).toBeUndefined();
  });
});
