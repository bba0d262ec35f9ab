import type { AircraftFence } from "../../../src/vehicle/transfers.js";
import { hasText, type Translate, useText } from "../../app/text.js";
import { useLatest, useWhole } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import { ChecklistPanel } from "./ChecklistPanel.js";
import { GroundLine } from "./GroundLine.js";
import { Readiness } from "./Readiness.js";
import { useFormat } from "../../app/useFormat.js";

/** Pre-flight: reasons against arming, the fence on board, and the crew's checklist. */
export function ReadyPanel() {
  return (
    <>
      <Readiness />
      <RemoteIdLine />
      <FenceLine />
      <GroundLine />
      <ChecklistPanel />
    </>
  );
}

/**
 * With some autopilots a Remote ID transmitter that is not ready prevents arming; what it lacks is entered in the
 * payload panel.
 */
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

/**
 * The fence on board: enabled or not, its action, union or intersection of its areas, as reported by the aircraft (not
 * as planned).
 */
function FenceLine() {
  const t = useText();
  const station = useStation();
  const target = useLatest(station.target, (id) => id);
  const fences = useWhole(station.services.fences);
  const fence = target === undefined ? undefined : fences.get(target);
  if (!fence) return null;
  const enabled = fence.isEnabled === undefined ? "unknown" : fence.isEnabled ? "on" : "off";
  const holdsBack = fence.isEnabled === true && fence.countOfItems !== 0 && fence.areItemsUsed !== false;
  const tone = fence.isBreached ? "danger" : holdsBack ? "good" : "caution";
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
    // Without areas neither union nor intersection applies.
    combination === undefined || countOfItems === 0 ? undefined : t(`fly.fence.${combination}`),
    fenceItemsText(t, countOfItems),
  ].filter((fact) => fact !== undefined);
}

function fenceItemsText(t: Translate, count: number | undefined): string | undefined {
  if (count === undefined) return undefined;
  return count === 0 ? t("fly.fence.no-areas") : t("fly.fence.items", { count });
}

/** The fence action as text; an unknown action is shown by the autopilot's name for it. */
function actionText(t: Translate, name: string): string {
  const key = `fly.fence.action.${name}`;
  return hasText(key) ? t(key) : name;
}
