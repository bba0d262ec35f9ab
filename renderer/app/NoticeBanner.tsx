import { useCallback } from "react";
import { isArmed as isVehicleArmed } from "../../src/vehicle/selectors/airborne.js";
import type { Notice } from "../../src/contract/messages.js";
import type { VehicleId } from "../../src/vehicle/vehicleState.js";
import { useLatest, useWhole } from "../bridge/latest.js";
import { useStation, useStore } from "../bridge/StoresContext.js";
import { CommandHold } from "../fly/CommandHold.js";
import { Button } from "../ui/Button.js";
import { BannerWords } from "./BannerWords.js";
import { acknowledgedNotices, noticeKey, openDangers } from "./openDangers.js";
import { noticeText } from "./noticeText.js";
import { useText } from "./text.js";

/** A danger notice stays until it is acknowledged; the others wait behind it, with their count shown. */
export function NoticeBanner() {
  const t = useText();
  const acknowledged = useStore(acknowledgedNotices);
  const dangers = openDangers(useWhole(useStation().notices), useWhole(acknowledged));
  const danger = dangers.at(-1);
  if (!danger) return null;
  const words = noticeText(t, danger);
  return (
    <div className="app-banner" data-tone="danger" role="alert" data-testid="danger-notice">
      <BannerWords what={`■ ${words}`} />
      {dangers.length > 1 && <span className="app-banner__more">+{dangers.length - 1}</span>}
      <WayOut notice={danger} />
      <Button
        label={t("app.notices.dismiss")}
        isSmall
        onPress={() => acknowledged.set(new Set([...acknowledged.get(), noticeKey(danger)]))}
      />
    </div>
  );
}

/**
 * Shown with the notice that an aircraft armed although its arm command was reported as failed: a disarm button for
 * that aircraft, while it is armed.
 */
function WayOut({ notice }: { readonly notice: Notice }) {
  const station = useStation();
  const vehicleId = lateArmedOf(notice);
  const isArmed = useLatest(
    station.vehicles,
    useCallback(
      (vehicles) => vehicles.some((vehicle) => vehicle.id === vehicleId && isVehicleArmed(vehicle) === true),
      [vehicleId],
    ),
  );
  if (vehicleId === undefined || !isArmed) return null;
  return <CommandHold command={{ kind: "disarm" }} vehicleId={vehicleId} tone="danger" isSmall testId="late-disarm" />;
}

const lateArmedOf = ({ key, facts }: Notice): VehicleId | undefined =>
  key === "late-effect" && facts["command"] === "arm" ? (facts["vehicleId"] as VehicleId | undefined) : undefined;
