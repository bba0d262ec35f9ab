/**
 * Signing with a whole simulated aircraft: the key is set up over a direct link; from then on only signed frames are
 * accepted.
 */
import { expect, it } from "vitest";
import type { LinkStatus } from "../contract/linkMessages.js";
import { Children, ofKind } from "./testing/servedStation.js";
import { SITL } from "./testing/trial/endpoints.js";
import { arms, startTrial, type Trial, until } from "./testing/trial/trial.js";

const linkOf = ({ published }: Trial): LinkStatus => ofKind(published, "telemetry-batch").at(-1)!.links[0]!;

it.skipIf(SITL !== undefined)(
  "an aircraft with our key is believed, and obeys only what is signed with it",
  async () => {
    const children = new Children();
    try {
      const trial = await startTrial(children, { autopilot: "ardupilot", airframe: "copter" });
      const { ask, commandOutcome, vehicleId } = trial;
      const linkName = linkOf(trial).name;
      const done = { ok: true, value: { kind: "done" } };
      expect(await ask({ kind: "add-signing-key", keyName: "beach", passphrase: "correct horse" })).toEqual(done);
      expect(await ask({ kind: "add-signing-key", keyName: "other", passphrase: "battery staple" })).toEqual(done);
      expect(await ask({ kind: "setup-vehicle-signing", vehicleId: vehicleId(), keyName: "beach" })).toEqual(done);
      expect(await ask({ kind: "set-link-signing", linkName, policy: "require", keyName: "beach" })).toEqual(done);
      const before = linkOf(trial).signing.countOfSigned;
      await until("signed frames are taken", () => linkOf(trial).signing.countOfSigned > before + 100);
      await arms(trial);
      expect(await commandOutcome({ kind: "disarm" })).toBe("ok");

      // With another key the aircraft's frames are rejected, and it counts as lost.
      expect(await ask({ kind: "set-link-signing", linkName, policy: "require", keyName: "other" })).toEqual(done);
      await until("wrongly signed frames are refused", () => linkOf(trial).signing.countOfRefused > 100);
      await until("the aircraft is lost", () =>
        ofKind(trial.published, "notice").some(({ notice }) => notice.key === "vehicle-lost"),
      );

      expect(await ask({ kind: "set-link-signing", linkName, policy: "require", keyName: "beach" })).toEqual(done);
      await until("it is heard again", () =>
        ofKind(trial.published, "notice").some(({ notice }) => notice.key === "vehicle-back"),
      );
      await trial.stop();
    } finally {
      children.killAll();
    }
  },
);
