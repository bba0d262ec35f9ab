import { expect, it } from "vitest";
import { type AutopilotKind, furtherAutopilot } from "../../vehicle/vehicleState.js";
import { identityFrom } from "../identity.js";
import { autopilotOf } from "./autopilots.js";
import { dialectOf, paramEncodingOf } from "./dialectOf.js";
import { modeNameOf, modeTableOf } from "./modeNames.js";

it.each([
  [3, "ardupilot", "c-cast"],
  [12, "px4", "bytewise"],
] as const)("MAV_AUTOPILOT %i is %s on every airframe, one that is only watched included", (number, kind, encoding) => {
  expect(identityFrom(number, 2).autopilot).toBe(kind);
  expect(autopilotOf(kind)?.kind).toBe(kind);
  expect(dialectOf({ autopilot: kind, airframe: "vtol" })).toBeDefined();
  expect(dialectOf({ autopilot: kind, airframe: "other" })).toBeUndefined();
  expect(paramEncodingOf({ autopilot: kind })).toBe(encoding);
});

const UNLISTED: readonly AutopilotKind[] = ["other", furtherAutopilot("not-listed")];

it.each(UNLISTED)("an autopilot that is not listed is displayed only: %s", (kind) => {
  expect(identityFrom(99, 2).autopilot).toBe("other");
  expect(dialectOf({ autopilot: kind, airframe: "copter" })).toBeUndefined();
  expect(paramEncodingOf({ autopilot: kind })).toBe("c-cast");
  expect(modeTableOf(kind, "copter")).toEqual([]);
  // Always the same array: folding it again leaves a vehicle's state unchanged.
  expect(modeTableOf(kind, "copter")).toBe(modeTableOf(kind, "plane"));
  expect(modeNameOf(kind, "copter", 3)).toBe("MODE 3");
});
