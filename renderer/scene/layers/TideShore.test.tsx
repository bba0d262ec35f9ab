// @vitest-environment happy-dom
import { expect, it } from "vitest";
import type { KnownTide } from "../../../src/geo/tide/tideModel.js";
import { Latest } from "../../bridge/latest.js";
import { SEA_FRAGMENT } from "../shaders/ground.js";
import { change, openLayer } from "../testing/openLayer.js";
import type { ShownTide } from "../tideWatch.js";
import { TideShore } from "./TideShore.js";

/** Boulogne: the coast's line stands for 8.755 m above chart datum. */
const tideOf = (heightChartDatumM: number): KnownTide => ({
  ...{ kind: "known", unixTimeMs: 0, trend: "falling" },
  ...{ heightChartDatumM, heightAmslM: heightChartDatumM - 4.846, meanHighWaterSpringsM: 8.755 },
  sigma: { chartDatumM: 0.25, amslM: 0.39 },
  nextHigh: { unixTimeMs: 2, heightChartDatumM: 8 },
  nextLow: { unixTimeMs: 1, heightChartDatumM: 1 },
  ports: [],
});
const shownAt = (heightChartDatumM: number): ShownTide => ({ tide: tideOf(heightChartDatumM), ageS: 0 });

it("moves the sea's edge by the beach's slope, not over land, and back to the file's line without a tide", async () => {
  const shown = new Latest<ShownTide | undefined>(undefined);
  const { tools, unmount } = await openLayer(<TideShore shown={shown} />);
  const seawardM = () => tools.ground.uTideM.value;
  expect(seawardM()).toBe(0);
  await change(() => shown.set(shownAt(3.755)));
  expect(seawardM()).toBeCloseTo(250, 6);
  await change(() => shown.set(shownAt(8.755)));
  expect(seawardM()).toBe(0);
  await change(() => shown.set(shownAt(9.4)));
  expect(seawardM()).toBe(0);
  await change(() => shown.set(shownAt(6.755)));
  expect(seawardM()).toBeCloseTo(100, 6);
  await change(() => shown.set({ tide: undefined, ageS: 0 }));
  expect(seawardM()).toBe(0);
  await change(() => shown.set(shownAt(6.755)));
  await unmount();
  expect(seawardM()).toBe(0);
});

it("is what the sea's shader counts its distance from the shore with", () => {
  expect(SEA_FRAGMENT).toContain("-shoreM(p) - uTideM");
});
