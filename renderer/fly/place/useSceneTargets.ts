import { useCallback } from "react";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useTick } from "../../app/useTick.js";
import { useWhole } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import { vehicleName } from "../../panels/vehicleIdentity.js";
import type { SceneTarget } from "../../scene/layers/TargetLayer.js";
import { useFly } from "../FlyContext.js";
import type { PlaceTarget } from "./placeTarget.js";

/** The ghost and the targets being flown to, for the scene; lines follow the aircraft once a second. */
export function useSceneTargets(): readonly SceneTarget[] {
  const t = useText();
  const format = useFormat();
  const station = useStation();
  const { flyView } = useFly();
  const ghost = useWhole(flyView.ghost);
  const sentTargets = useWhole(flyView.sentTargets);
  return useTick(
    useCallback(() => {
      const draw = (placeTarget: PlaceTarget, isGhost: boolean): readonly SceneTarget[] => {
        const vehicle = station.vehicles.get().find(({ id }) => id === placeTarget.vehicleId);
        if (!vehicle) return [];
        const what = `${t(`command.${placeTarget.use}`)} ${format.lengthText(placeTarget.heightAboveHomeM, 0)}`;
        return [
          {
            id: `${isGhost ? "ghost" : "sent"} ${placeTarget.vehicleId}`,
            from: vehicle.position?.value.position,
            position: placeTarget.position,
            altitudeAmslM: (vehicle.home?.value.altitudeAmslM ?? 0) + placeTarget.heightAboveHomeM,
            radiusM: placeTarget.use === "orbit" ? placeTarget.radiusM : 0,
            label: `${isGhost ? "? " : ""}${vehicleName(vehicle)} ${what}`,
            isGhost,
          },
        ];
      };
      return [
        ...[...sentTargets.values()].flatMap((placeTarget) => draw(placeTarget, false)),
        ...(ghost ? draw(ghost, true) : []),
      ];
    }, [station, t, format, ghost, sentTargets]),
    2,
  );
}
