import { expect, it } from "vitest";
import { frameOf } from "../../mavlink/protocols/testing/frames.js";
import { quietLink } from "../testing/quietLink.js";
import { UnidentifiedSources } from "./unidentifiedSources.js";
import { VehicleLinks } from "./vehicleLinks.js";

const HEARTBEAT = frameOf({ name: "HEARTBEAT", fields: { type: 2, autopilot: 3 } });
/** As many sources as are kept. */
const SOURCES_MAX = 256;

/** Sources that say nothing but heartbeats, with the system id of a vehicle of which nothing is known. */
function claiming() {
  const sources = new UnidentifiedSources();
  const known = { componentId: 1, links: new VehicleLinks() };
  const link = quietLink("a", () => undefined);
  const beat = (i: number, nowMonoMs: number): string =>
    sources.onFrame({ key: `a:${i}`, link, from: `10.0.0.1:${i}` }, HEARTBEAT, [known], nowMonoMs).kind;
  return { beat };
}

it("a source of which little is known is shown after five seconds, also when another appeared meanwhile", () => {
  const { beat } = claiming();
  expect(beat(1, 0)).toBe("undecided");
  // The first one was silent for more than five seconds when the second one begins.
  expect(beat(2, 5500)).toBe("undecided");
  expect(beat(1, 6000)).toBe("new");
});

it("when as many are kept as there may be, the one that is silent longest is forgotten for a further one", () => {
  const { beat } = claiming();
  for (let i = 0; i < SOURCES_MAX; i++) beat(i, i === 7 ? 0 : 1000);
  beat(SOURCES_MAX, 4000);
  // Those that were kept are shown when their five seconds are over; the forgotten one starts anew.
  expect([0, 6, 8, SOURCES_MAX - 1].map((i) => beat(i, 6000))).toEqual(["new", "new", "new", "new"]);
  expect(beat(7, 6000)).toBe("undecided");
});

it("when there is no more room, all that were silent for more than five seconds are forgotten", () => {
  const { beat } = claiming();
  for (let i = 0; i < SOURCES_MAX; i++) beat(i, i < 3 ? 0 : 2000);
  beat(SOURCES_MAX, 5001);
  expect([3, SOURCES_MAX - 1].map((i) => beat(i, 7000))).toEqual(["new", "new"]);
  expect([0, 1, 2].map((i) => beat(i, 7000))).toEqual(["undecided", "undecided", "undecided"]);
});
