import { describe, expect, it } from "vitest";
import { aircraftWords } from "./aircraftWords.js";
import { PLACE, shown } from "./testing/shownVehicle.js";

/** A minute of latitude is about a sea mile. */
const A_MINUTE_NORTH = { ...PLACE, latitudeDeg: PLACE.latitudeDeg + 1 / 60 };

describe("the aircraft's last state in words", () => {
  const vehicle = shown({ isArmed: true, heightM: 55.6, atMonoMs: 2000 });
  const { position } = vehicle;
  it("says how it stands, how high, how far from home and how long ago that was", () => {
    const away = position && { ...position, value: { ...position.value, position: A_MINUTE_NORTH } };
    expect(aircraftWords({ ...vehicle, position: away }, 5400)).toBe(
      "the aircraft: ARMED, GUIDED, 56 m above home, 1854 m from home, heard 3 s ago",
    );
  });
  it("leaves out what is not known", () => {
    expect(aircraftWords({ ...vehicle, home: undefined }, 2000)).toBe(
      "the aircraft: ARMED, GUIDED, 56 m above home, heard 0 s ago",
    );
    expect(aircraftWords({ ...shown({ isArmed: false }), position: undefined }, 0)).toBe(
      "the aircraft: disarmed, GUIDED, heard 0 s ago",
    );
  });
  it("has no negative age, for a state that is newer than the station's last word", () => {
    expect(aircraftWords({ ...vehicle, position: undefined }, 0)).toBe("the aircraft: ARMED, GUIDED, heard 0 s ago");
  });
  it("says nothing of an aircraft without a heartbeat", () => {
    expect(aircraftWords(undefined, 0)).toBe("nothing is known of the aircraft");
    expect(aircraftWords({ ...vehicle, heartbeat: undefined }, 0)).toBe("nothing is known of the aircraft");
  });
});
