import fc from "fast-check";
import { seededRng } from "../../../core/rng.js";
import { describe, expect, it } from "vitest";
import {
  startEventRequests,
  stepEventRequests,
  type EventRequestEffect,
  type EventRequestEvent,
  type EventRequestState,
} from "./eventRequests.js";

const received = (sequence: number): EventRequestEvent => ({ kind: "received", sequence, timeBootMs: sequence });
const newest = (sequence: number, isReset = false): EventRequestEvent => ({ kind: "newest", sequence, isReset });

function run(events: readonly EventRequestEvent[], from: EventRequestState = startEventRequests(100)) {
  let state = from;
  const requests: string[] = [];
  for (const event of events) {
    const [next, effects] = stepEventRequests(state, event);
    state = next;
    for (const effect of effects) if (effect.kind === "request") requests.push(`${effect.first}-${effect.last}`);
  }
  return { state, requests };
}

describe("events that were lost on the way", () => {
  it("are asked for, gap by gap, also across the end of the numbers", () => {
    expect(run([received(65_533), received(1)]).requests).toEqual(["65534-0"]);
    expect(run([received(1), received(3), received(6), received(2)]).requests).toEqual(["2-2", "4-5"]);
  });

  it("are known by the number that the vehicle tells as its newest", () => {
    expect(run([newest(7), received(8), newest(10)]).requests).toEqual(["9-10"]);
    expect(run([newest(7)]).requests).toEqual([]);
  });

  it("are not asked for when the vehicle began anew, or heard twice", () => {
    expect(run([received(900), newest(3, true), received(4)]).requests).toEqual([]);
    expect(run([received(5), received(6), received(5), received(6)]).requests).toEqual([]);
  });

  it("are given up when the vehicle no longer has them, or never answers", () => {
    const gone = run([received(1), received(9), { kind: "gone", sequence: 2, oldest: 7 }]);
    expect([gone.requests, gone.state.sequence?.missing]).toEqual([
      ["2-8", "7-8"],
      [7, 8],
    ]);
    const silent = run([received(1), received(4), ...Array.from({ length: 5 }, () => ({ kind: "timeout" }) as const)]);
    expect(silent.requests).toEqual(["2-3", "2-3", "2-3", "2-3", "2-3"]);
    expect(silent.state).toMatchObject({ asking: undefined, sequence: { missing: [] } });
  });

  it("all come in the end over a link that loses three of ten, and none is asked for for ever (property, 200 seeds)", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const rng = seededRng(seed);
        const isLost = () => rng.uniform() < 0.3;
        const got = new Set<number>();
        let state = startEventRequests(100);
        const pending: EventRequestEffect[] = [];
        const give = (event: EventRequestEvent) => {
          if (event.kind === "received") got.add(event.sequence);
          const [next, effects] = stepEventRequests(state, event);
          state = next;
          pending.push(...effects.filter(({ kind }) => kind === "request"));
        };
        give(received(0));
        for (let sequence = 1; sequence <= 30; sequence++) if (!isLost()) give(received(sequence));
        give(newest(30));
        for (let i = 0; i < 400 && (pending.length > 0 || state.asking); i++) {
          const request = pending.shift();
          if (request?.kind === "request") {
            for (let one = request.first; one <= request.last; one++) if (!isLost()) give(received(one));
          } else give({ kind: "timeout" });
        }
        expect(state.asking).toBeUndefined();
        // An event whose every retry is lost is given up, so not all of them arrive.
        expect(got.size).toBeGreaterThanOrEqual(29);
      }),
      { numRuns: 200 },
    );
  });
});
