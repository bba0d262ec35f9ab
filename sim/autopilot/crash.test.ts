import { describe, expect, it } from "vitest";
import {
  createFlightHarness,
  QUIET_BEACH,
  type FlightChanges,
  type FlightHarness,
  isArmed,
} from "../testing/flightHarness.js";

const [SET_MODE, ARM, TAKE_OFF] = [176, 400, 22];
const [STABILIZE, ACRO, GUIDED, LOITER, BRAKE] = [0, 1, 4, 5, 17];
const heightM = (flight: FlightHarness) => (flight.last("GLOBAL_POSITION_INT")?.relativeAlt ?? 0) / 1000;

function airborne(changes: FlightChanges = {}): FlightHarness {
  const flight = createFlightHarness(changes);
  flight.runS(7);
  flight.command(SET_MODE, 1, GUIDED);
  flight.command(ARM, 1);
  flight.command(TAKE_OFF, 0, 0, 0, 0, 0, 0, 30);
  expect(flight.runUntil(() => heightM(flight) > 29, 60)).toBe(true);
  return flight;
}

describe("findings 5.1: an ArduCopter without sticks", () => {
  it.each([STABILIZE, ACRO])(
    "falls in mode %i, hits the ground, lies on its side and disarms with an emergency text",
    (mode) => {
      const flight = airborne();
      expect(flight.command(SET_MODE, 1, mode)).toBe(0);
      expect(flight.runUntil(() => flight.texts().some((text) => text.startsWith("SIM Hit ground at")), 10)).toBe(true);
      expect(isArmed(flight)).toBe(true);
      expect(flight.runUntil(() => !isArmed(flight), 4)).toBe(true);
      const crash = flight.all("STATUSTEXT").find(({ fields }) => fields.text.startsWith("Crash: Disarming"));
      expect(crash?.fields.severity).toBe(0);
      expect(Math.abs(flight.last("ATTITUDE")?.roll ?? 0)).toBeGreaterThan(1.4);
      // Lying on its side it cannot take off again.
      flight.command(SET_MODE, 1, GUIDED);
      expect(flight.command(ARM, 1)).toBe(4);
      expect(flight.texts()).toContain("Arm: Leaning");
    },
  );

  it("sinks in LOITER, lands and disarms; BRAKE and GUIDED hold", () => {
    const flight = airborne();
    for (const mode of [BRAKE, GUIDED]) {
      flight.command(SET_MODE, 1, mode);
      flight.runS(8);
      expect(heightM(flight)).toBeGreaterThan(28);
    }
    flight.command(SET_MODE, 1, LOITER);
    flight.runS(5);
    expect(heightM(flight)).toBeLessThan(25);
    expect(flight.runUntil(() => !isArmed(flight), 90)).toBe(true);
    expect(flight.texts().some((text) => text.startsWith("Crash"))).toBe(false);
  });

  it("falls when its motors are stopped in the air, and the impact is told", () => {
    const flight = airborne();
    expect(flight.command(ARM, 0, 21196)).toBe(0);
    flight.runS(8);
    expect(flight.texts().some((text) => /^SIM Hit ground at (9|1\d|20)\./.test(text))).toBe(true);
  });
});

describe("a safety pilot's radio", () => {
  it("changes the mode without the station, at the scenario's second", () => {
    const scenario = { ...QUIET_BEACH, radio: [{ atS: 30, mode: "LOITER" }] };
    const flight = airborne({ site: { scenario } });
    expect(flight.last("HEARTBEAT")?.customMode).toBe(GUIDED);
    expect(flight.runUntil(() => flight.last("HEARTBEAT")?.customMode === LOITER, 40)).toBe(true);
  });
});
