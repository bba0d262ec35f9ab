import { describe, expect, it } from "vitest";
import type { Alert } from "../../panels/AlertStrip.js";
import { SILENT, stepAlarm } from "./alarm.js";

const danger: Alert = { id: "lost", tone: "danger", what: "SIM-1 not heard", advice: "" };
const caution: Alert = { id: "link", tone: "caution", what: "Link changed", advice: "" };

describe("alarms", () => {
  it("tell the danger first, then the caution, one at a time", () => {
    const [first, announced] = stepAlarm(SILENT, [caution, danger], { isMuted: false, nowMs: 0 });
    expect(announced).toEqual({ tone: "danger", text: "SIM-1 not heard" });
    const [, then] = stepAlarm(first, [caution, danger], { isMuted: false, nowMs: 1000 });
    expect(then).toEqual({ tone: "caution", text: "Link changed" });
  });

  it("repeat a danger while it stands, and a caution never", () => {
    let state = SILENT;
    const announced: string[] = [];
    for (let nowMs = 0; nowMs <= 30_000; nowMs += 1000) {
      const [next, utterance] = stepAlarm(state, [danger, caution], { isMuted: false, nowMs });
      state = next;
      if (utterance) announced.push(utterance.tone);
    }
    expect(announced).toEqual(["danger", "caution", "danger", "danger", "danger"]);
  });

  it("are muted for cautions, never for danger", () => {
    const [state, announced] = stepAlarm(SILENT, [caution], { isMuted: true, nowMs: 0 });
    expect(announced).toBeUndefined();
    const [, then] = stepAlarm(state, [caution, danger], { isMuted: true, nowMs: 1000 });
    expect(then?.tone).toBe("danger");
  });

  it("tell again what went away and came back", () => {
    const [announced] = stepAlarm(SILENT, [caution], { isMuted: false, nowMs: 0 });
    const [gone] = stepAlarm(announced, [], { isMuted: false, nowMs: 1000 });
    const [, back] = stepAlarm(gone, [caution], { isMuted: false, nowMs: 2000 });
    expect(back).toBeDefined();
  });
});
