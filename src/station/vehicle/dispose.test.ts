import { describe, expect, it } from "vitest";
import type { OutgoingMessage } from "../../mavlink/frame.js";
import { flyingSession } from "../testing/flyingSession.js";

const isArming = (param1: number) => (message: OutgoingMessage) =>
  message.name === "COMMAND_LONG" && message.fields["command"] === 400 && message.fields["param1"] === param1;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Lets pending promises proceed between two steps of the virtual clock, as in a real process. */
async function live(flight: ReturnType<typeof flyingSession>, forS: number): Promise<void> {
  for (let i = 0; i < forS * 10; i++) {
    flight.until(() => false, 0.1);
    await turn();
  }
}

describe("a vehicle session that is disposed", () => {
  it.each(["ardupilot", "px4"] as const)("leaves nothing scheduled and says nothing more (%s)", async (autopilot) => {
    for (const afterS of [1, 4, 7, 9, 13]) {
      const flight = flyingSession({ autopilot, airframe: "copter" });
      await live(flight, afterS);
      flight.session.dispose();
      await turn();
      expect(flight.clock.countOfWaiting(), `after ${afterS} s`).toBe(0);
      const countOfSent = flight.sent.length;
      flight.clock.advance(120_000);
      await turn();
      expect(flight.sent.length).toBe(countOfSent);
    }
  });

  it("takes back an arming that is under way", async () => {
    const flight = flyingSession({ autopilot: "px4", airframe: "copter" });
    await live(flight, 30);
    const { session, sent, until, clock } = flight;
    const over = session.command({ commandId: "a", command: { kind: "arm" }, isConfirmed: true });
    until(() => sent.some(isArming(1)), 0.02);
    session.dispose();
    expect(sent.findLastIndex(isArming(0))).toBeGreaterThan(sent.findLastIndex(isArming(1)));
    expect(sent.some(isArming(1))).toBe(true);
    expect(await over).toEqual({ ok: false, error: { kind: "cancelled" } });
    expect(clock.countOfWaiting()).toBe(0);
  });
});
