/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import type { DatumAltitude, Position } from "../geo/position.js";
import { CMD } from "./missionCommands.js";
import type { Sweep } from "./patterns/pattern.js";
import { patternOf } from "./patterns/registry.js";
import type { MissionItem, SweepItem } from "./plan.js";

/** The waypoints of a sweep: both ends of every leg, one for a single viewpoint. */
export function itemsOfSweep(sweep: Sweep, height: DatumAltitude): readonly MissionItem[] {
  const waypoint = (position: Position): MissionItem => ({
    command: CMD.waypoint,
    params: [0, 0, 0, undefined],
    position,
    altitude: height,
    autoContinue: true,
  });
  return sweep.legs.flatMap((leg) =>
    leg.lengthM === 0 ? [waypoint(leg.from)] : [waypoint(leg.from), waypoint(leg.to)],
  );
}

/** Regenerates a sweep after its area, settings or home changed; without items while the area is no simple polygon. */
export function regenerated(item: SweepItem, home: Position | undefined): SweepItem {
  const sweep = patternOf(item).generate(item.area, item.settings, home);
  return { ...item, items: sweep.ok ? itemsOfSweep(sweep.value, item.settings.height) : [] };
}
