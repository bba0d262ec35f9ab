import { useCallback, useMemo } from "react";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useTick } from "../../app/useTick.js";
import { useWhole } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StationContext.js";
import { vehicleName } from "../../panels/vehicleIdentity.js";
import type { SceneTarget } from "../../scene/layers/TargetLayer.js";
import { useFly } from "../FlyContext.js";
import type { PlaceWish } from "./placeWish.js";

/** The ghost and the places that aircraft are flying to, as the scene draws them; lines follow the aircraft once a second. */
export function useSceneTargets(): readonly SceneTarget[] {
  const t = useText();
  const format = useFormat();
  const station = useStation();
  const { desk } = useFly();
  const ghost = useWhole(desk.ghost);
  const underWay = useWhole(desk.underWay);
  const text = useTick(
    useCallback(() => {
      const draw = (wish: PlaceWish, isGhost: boolean): readonly SceneTarget[] => {
        const vehicle = station.vehicles.get().find(({ id }) => id === wish.vehicleId);
        if (!vehicle) return [];
        const what = `${t(`command.${wish.use}`)} ${format.lengthText(wish.heightAboveHomeM, 0)}`;
        return [
          {
            id: `${isGhost ? "ghost" : "sent"} ${wish.vehicleId}`,
            from: vehicle.position?.value.position,
            position: wish.position,
            altitudeAmslM: (vehicle.home?.value.altitudeAmslM ?? 0) + wish.heightAboveHomeM,
            radiusM: wish.use === "orbit" ? wish.radiusM : 0,
            label: `${isGhost ? "? " : ""}${vehicleName(vehicle)} ${what}`,
            isGhost,
          },
        ];
      };
      return JSON.stringify([
        ...[...underWay.values()].flatMap((wish) => draw(wish, false)),
        ...(ghost ? draw(ghost, true) : []),
      ]);
    }, [station, t, format, ghost, underWay]),
    2,
  );
  return useMemo(() => JSON.parse(text) as readonly SceneTarget[], [text]);
}
