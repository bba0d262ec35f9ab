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

/** The same trouble a second time has the same id, but another time. */
const momentOf = ({ id, unixTimeUs }: Notice): string => `${id} ${unixTimeUs}`;

/** Dangers that a person has said to have understood on this screen. */
const understood = new Latest<ReadonlySet<string>>(new Set());

/** Dangers that nobody here has understood yet, newest last. */
export const openDangers = (notices: readonly Notice[]): readonly Notice[] =>
  notices.filter((notice) => notice.severity === "danger" && !understood.get().has(momentOf(notice)));

/** A danger stays on screen until a person says that they have understood it; the others wait behind it, counted. */
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

/** An aircraft that armed although the arming was told to have failed: stop it, here and by name, while it is armed. */
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
