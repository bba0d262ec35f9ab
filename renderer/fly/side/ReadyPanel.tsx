import type { AircraftFence } from "../../../src/vehicle/transfers.js";
import { hasText, type Translate, useText } from "../../app/text.js";
import { useLatest, useWhole } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StationContext.js";
import { ChecklistPanel } from "./ChecklistPanel.js";
import { Readiness } from "./Readiness.js";
import { useFormat } from "../../app/useFormat.js";

/** Before the flight: reasons against arming, the fence as the aircraft holds it, and the crew's checklist. */
export function ReadyPanel() {
  return (
    <>
      <Readiness />
      <RemoteIdLine />
      <FenceLine />
      <ChecklistPanel />
    </>
  );
}

/** A transmitter that is not ready forbids arming with some autopilots; what it lacks is given in the payload panel. */
function RemoteIdLine() {
  const t = useText();
  const format = useFormat();
  const station = useStation();
  const target = useLatest(station.target, (id) => id);
  const payloads = useWhole(station.services.payloads);
  const remoteId = target === undefined ? undefined : payloads.get(target)?.remoteId;
  if (remoteId?.arm !== "not-ready") return null;
  return (
    <p className="fly-fence" data-tone="caution" data-testid="remote-id-not-ready">
      ▲ {format.labelled(t("fly.remoteId"), remoteId.problem ?? t("fly.remoteId.not-ready"))}
      <span className="fly-reason-help">{t("fly.prearm.remoteId")}</span>
    </p>
  );
}

/** Enabled, what it does, union or intersection: as the aircraft says, not as the plan hopes. */
function FenceLine() {
  const t = useText();
  const station = useStation();
  const target = useLatest(station.target, (id) => id);
  const fences = useWhole(station.services.fences);
  const fence = target === undefined ? undefined : fences.get(target);
  if (!fence) return null;
  const enabled = fence.isEnabled === undefined ? "unknown" : fence.isEnabled ? "on" : "off";
  const hasNoAreas = fence.countOfItems === 0;
  const tone = fence.isBreached ? "danger" : fence.isEnabled && !hasNoAreas ? "good" : "caution";
  return (
    <p className="fly-fence" data-tone={tone} data-testid="fence">
      <strong>{t(fence.isBreached ? "fly.fence.breached" : `fly.fence.${enabled}`)}</strong>{" "}
      {fenceFacts(t, fence).join(" · ")}
    </p>
  );
}

function fenceFacts(t: Translate, fence: AircraftFence): readonly string[] {
  const { actionName, areItemsUsed, combination, countOfItems } = fence;
  return [
    actionName === undefined ? undefined : t("fly.fence.action", { action: actionText(t, actionName) }),
    areItemsUsed === false ? t("fly.fence.unused") : undefined,
    // Of no area at all it is neither inside one nor all.
    combination === undefined || countOfItems === 0 ? undefined : t(`fly.fence.${combination}`),
    fenceItemsText(t, countOfItems),
  ].filter((fact) => fact !== undefined);
}

function fenceItemsText(t: Translate, count: number | undefined): string | undefined {
  if (count === undefined) return undefined;
  return count === 0 ? t("fly.fence.no-areas") : t("fly.fence.items", { count });
}

/** What it does at its fence, in words; an action nobody here knows is told as the autopilot names it. */
function actionText(t: Translate, name: string): string {
  const key = `fly.fence.action.${name}`;
  return hasText(key) ? t(key) : name;
}
