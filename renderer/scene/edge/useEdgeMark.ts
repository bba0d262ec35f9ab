import { useEffect, useMemo, useRef } from "react";
import type { Vector3 } from "three";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import type { Latest } from "../../bridge/latest.js";
import { useScene } from "../SceneContext.js";
import type { SceneVehicle } from "../sceneVehicle.js";
import { EdgeMark } from "./edgeBoard.js";

/** From this many times its height an aircraft is in the picture over the ground that the camera looks at. */
const RANGE_PER_HEIGHT = 5;
const NEAREST_VISIT_M = 120;
/** A way is told anew when it differs by so much, in parts of itself: that is all its three figures show. */
const WAY_CHANGE_RATIO = 0.01;

/** An aircraft's mark at the edge of the picture. The function that is returned keeps it true, each frame. */
export function useEdgeMark(id: string, vehicles: Latest<readonly SceneVehicle[]>) {
  const { frame, surface, edges, rig, visit } = useScene();
  const t = useText();
  const format = useFormat();
  const mark = useMemo(
    () =>
      new EdgeMark(id, () => {
        const vehicle = vehicles.get().find((item) => item.id === id);
        if (!vehicle) return;
        const { eastM, northM } = frame.pointOf(vehicle.position);
        const heightM = vehicle.altitudeAmslM - surface.heightM(eastM, northM);
        const nearestM = Math.max(NEAREST_VISIT_M, heightM * RANGE_PER_HEIGHT);
        visit({ eastM, northM, rangeM: Math.max(nearestM, rig.goal.rangeM) });
      }),
    [id, vehicles, frame, surface, rig, visit],
  );
  useEffect(() => edges.add(mark), [edges, mark]);
  const told = useRef({ wayM: Number.NaN, name: "" });
  // The words of a mark are those of its language and units.
  const words = useMemo(() => ({ mark, t, format }), [mark, t, format]);
  const toldIn = useRef<typeof words>(undefined);
  return ({ name, isOld }: SceneVehicle, at: Vector3): void => {
    mark.eastM = at.x;
    mark.northM = at.y;
    mark.upM = at.z;
    mark.isOld = isOld;
    mark.wayM = Math.hypot(at.x - rig.view.targetEastM, at.y - rig.view.targetNorthM);
    const isFar = !(Math.abs(mark.wayM - told.current.wayM) < mark.wayM * WAY_CHANGE_RATIO);
    if (!isFar && told.current.name === name && toldIn.current === words) return;
    told.current.wayM = mark.wayM;
    told.current.name = name;
    toldIn.current = words;
    mark.text = `${name} ${format.wayText(mark.wayM)}`;
    mark.title = t("scene.edge", { name });
  };
}
