import { useCallback } from "react";
import type { Notice } from "../../src/contract/messages.js";
import type { VehicleId } from "../../src/vehicle/vehicleState.js";
import { Latest, useLatest } from "../bridge/latest.js";
import { useStation } from "../bridge/StationContext.js";
import { CommandHold } from "../fly/CommandHold.js";
import { Button } from "../ui/Button.js";
import { BannerWords } from "./BannerWords.js";
import { noticeText } from "./noticeText.js";
import { useText } from "./text.js";

/** A problem that comes back has the same id but another time: it must be acknowledged again. */
const momentOf = ({ id, unixTimeUs }: Notice): string => `${id} ${unixTimeUs}`;

/** Danger notices that were acknowledged on this screen. */
const understood = new Latest<ReadonlySet<string>>(new Set());

/** Danger notices not yet acknowledged on this screen, newest last. */
export const openDangers = (notices: readonly Notice[]): readonly Notice[] =>
  notices.filter((notice) => notice.severity === "danger" && !understood.get().has(momentOf(notice)));

/** A danger notice stays until it is acknowledged; the others wait behind it, with their count shown. */
export function NoticeBanner() {
  const t = useText();
  const { notices } = useStation();
  const read = (): string => openDangers(notices.get()).map(momentOf).join("\n");
  useLatest(understood, read);
  useLatest(notices, read);
  const dangers = openDangers(notices.get());
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
        onPress={() => understood.set(new Set([...understood.get(), momentOf(danger)]))}
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
      (vehicles) => vehicles.find(({ id }) => id === vehicleId)?.heartbeat?.value.isArmed === true,
      [vehicleId],
    ),
  );
  if (vehicleId === undefined || !isArmed) return null;
  return <CommandHold command={{ kind: "disarm" }} vehicleId={vehicleId} tone="danger" isSmall testId="late-disarm" />;
}

const lateArmedOf = ({ key, facts }: Notice): VehicleId | undefined =>
  key === "late-effect" && facts["command"] === "arm" ? (facts["vehicleId"] as VehicleId | undefined) : undefined;
