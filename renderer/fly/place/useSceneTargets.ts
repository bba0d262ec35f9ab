import { useCallback } from "react";
import type { DatumAltitude } from "../../../src/geo/position.js";
import type { GuidedCommand } from "../../../src/vehicle/guidedTarget.js";
import type { VehicleId, VehicleState } from "../../../src/vehicle/vehicleState.js";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useTick } from "../../app/useTick.js";
import { useWhole } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import { vehicleName } from "../../panels/vehicleIdentity.js";
import type { SceneTarget } from "../../scene/layers/TargetLayer.js";
import { commandWords } from "../commandWords.js";
import { useFly } from "../FlyContext.js";
import { commandOf } from "./placeTarget.js";

/** The previewed place and those that aircraft fly to, for the scene; lines follow the aircraft once a second. */
export function useSceneTargets(): readonly SceneTarget[] {
  const t = useText();
  const format = useFormat();
  const station = useStation();
  const { flyView } = useFly();
  const previewed = useWhole(flyView.previewed);
  const guidedTargets = useWhole(station.services.guidedTargets);
  return useTick(
    useCallback(() => {
      const draw = (vehicleId: VehicleId, command: GuidedCommand, isPreview: boolean): readonly SceneTarget[] => {
        const vehicle = station.vehicles.get().find(({ id }) => id === vehicleId);
        if (!vehicle) return [];
        return [
          {
            id: `${isPreview ? "preview" : "sent"} ${vehicleId}`,
            from: vehicle.position?.value.position,
            position: command.kind === "orbit" ? command.centre : command.position,
            altitudeAmslM: drawnAmslM(command.height, vehicle),
            radiusM: command.kind === "orbit" ? command.radiusM : 0,
            label: `${isPreview ? "? " : ""}${vehicleName(vehicle)} ${commandWords({ t, format }, command, vehicle)}`,
            isPreview,
          },
        ];
      };
      return [
        ...[...guidedTargets].flatMap(([vehicleId, { command }]) => draw(vehicleId, command, false)),
        ...(previewed ? draw(previewed.vehicleId, commandOf(previewed), true) : []),
      ];
    }, [station, t, format, previewed, guidedTargets]),
    2,
  );
}

/** Where the ground's height is not known, that of home stands for it. */
const drawnAmslM = ({ datum, valueM }: DatumAltitude, { home }: VehicleState): number =>
  datum === "amsl" ? valueM : (home?.value.altitudeAmslM ?? 0) + valueM;
