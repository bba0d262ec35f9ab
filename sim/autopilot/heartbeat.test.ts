import { describe, expect, it } from "vitest";
import type { Flavour } from "../flavour.js";
import { createFlightHarness, type FlightHarness } from "../testing/flightHarness.js";

const ARMED = 128;
const beats = (flight: FlightHarness) => flight.all("HEARTBEAT");
const isShownArmed = (flight: FlightHarness) => ((flight.last("HEARTBEAT")?.baseMode ?? 0) & ARMED) !== 0;

function ready(flavour: Flavour, speedup = 1): FlightHarness {
  const flight = createFlightHarness({ vehicle: { flavour }, speedup });
  flight.runS(7 * speedup);
  return flight;
}

/** Just after a heartbeat, so that the next one is due almost a second later. */
function afterBeat(flight: FlightHarness): void {
  const before = beats(flight).length;
  expect(flight.runUntil(() => beats(flight).length > before, 20)).toBe(true);
}

describe.each<Flavour>([
  { autopilot: "ardupilot", airframe: "copter" },
  { autopilot: "px4", airframe: "copter" },
])("findings 1: the heartbeat of $autopilot", (flavour) => {
  const isPx4 = flavour.autopilot === "px4";

  it("comes once a second, and shows armed up to a second after the ACK", () => {
    const flight = ready(flavour);
    expect(flight.command(176, 1, 4, isPx4 ? 3 : 0)).toBe(0);
    afterBeat(flight);
    expect(flight.command(400, 1)).toBe(0);
    flight.runS(0.7);
    expect(isShownArmed(flight)).toBe(false);
    flight.runS(0.4);
    expect(isShownArmed(flight)).toBe(true);
  });

  it("comes once a second of the listener, however fast the simulation runs", () => {
    const flight = ready(flavour, 6);
    const before = beats(flight).length;
    flight.runS(60);
    expect(beats(flight).length - before).toBe(10);
  });

  it(isPx4 ? "waits its time with a new mode" : "says a new mode at once, as the recordings show", () => {
    const flight = ready(flavour);
    afterBeat(flight);
    const before = beats(flight).length;
    // GUIDED on ArduPilot, Return on PX4.
    flight.command(176, 1, 4, isPx4 ? 5 : 0);
    flight.runS(0.1);
    expect(beats(flight).length - before).toBe(isPx4 ? 0 : 1);
  });
});
