import { expect, it } from "vitest";
import { IdentityRequests } from "./identityRequests.js";
import type { VehicleIdentity } from "./linkIdentity.js";

const TO = { systemId: 1, componentId: 1 };
const NOTHING: VehicleIdentity = {
  uid: undefined,
  kind: undefined,
  boot: undefined,
  pace: "unknown",
  position: undefined,
  mode: undefined,
};

/** What each of four requests, a second apart, asks for: names of messages, with the number of a command. */
function asked(evidence: VehicleIdentity): string[] {
  const requests = new IdentityRequests();
  return [0, 1000, 2000, 3000].map((nowMonoMs) =>
    requests
      .due(evidence, TO, nowMonoMs)
      .map(({ name, fields }) => (name === "COMMAND_LONG" ? String(fields["command"]) : name))
      .join(" "),
  );
}

it("asks by the older message too, from the third time on, while the time since boot is unknown", () => {
  expect(asked(NOTHING)).toEqual(["512 511", "512 511", "512 511 REQUEST_DATA_STREAM", "512 511 REQUEST_DATA_STREAM"]);
});

it("does not ask by the older message where only the position is missing", () => {
  const boot = { value: 0, atMonoMs: 0 };
  expect(asked({ ...NOTHING, boot })).toEqual(["512 511", "512 511", "512 511", "512 511"]);
  expect(asked({ ...NOTHING, boot, uid: "1f" })).toEqual(["511", "511", "511", "511"]);
});
