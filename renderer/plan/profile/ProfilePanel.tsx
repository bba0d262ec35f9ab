import "./profile.css";
import { useMemo } from "react";
import { tideTimeText } from "../../../src/contract/tideTexts.js";
import type { PlanProfile } from "../../../src/plan/profile.js";
import { settingsStore } from "../../app/settings.js";
import { useText } from "../../app/text.js";
import { useWhole, useLatest } from "../../bridge/latest.js";
import { useStore } from "../../bridge/StoresContext.js";
import { useIsSeaSimulated } from "../../panels/ground/useIsSeaSimulated.js";
import { usePlanEditor } from "../PlanEditorContext.js";
import { useFlightTide } from "../start/useFlightTide.js";
import { ProfilePlot } from "./ProfilePlot.js";
import { atTide } from "./profileShape.js";
import { useIsProfileShown } from "./profileShown.js";

/** The way of the plan over ground and sea, seen from the side. To look at: it changes nothing. */
export function ProfilePanel() {
  const t = useText();
  const settings = useStore(settingsStore);
  const isShown = useIsProfileShown();
  return (
    <section className="ui-panel plan-profile" aria-label={t("plan.profile")} data-testid="plan-profile">
      <button
        type="button"
        className="plan-profile__toggle"
        aria-expanded={isShown}
        title={t(isShown ? "plan.profile.hide" : "plan.profile.show")}
        data-testid="plan-profile-toggle"
        onClick={() => settings.change({ isPlanProfileShown: !isShown })}
      >
        {isShown ? "▾" : "▸"} {t("plan.profile")}
      </button>
      {isShown && <ShownProfile />}
    </section>
  );
}

function ShownProfile() {
  const t = useText();
  const { figures } = usePlanEditor();
  const check = useLatest(figures, ({ groundCheck }) => groundCheck);
  const tide = useWhole(useFlightTide());
  const isSeaSimulated = useIsSeaSimulated();
  const level = tide.kind === "known" && !isSeaSimulated ? tide.start : undefined;
  const found = check.found?.profile;
  const profile = useMemo<PlanProfile | undefined>(
    () => found && { ...found, places: atTide(found.places, level) },
    [found, level],
  );
  if (!profile) return <p className="plan-profile__why">{t(`plan.profile.${check.state}`)}</p>;
  const hasSea = profile.places.some(({ ground }) => ground?.isSea === true);
  const sea = level
    ? t("plan.profile.sea.tide", { time: tideTimeText(level) })
    : t(isSeaSimulated ? "plan.profile.sea.simulated" : "plan.profile.sea.mean");
  const notes = [
    ...(check.state === "checking" ? [t("plan.profile.checking")] : []),
    ...(check.isPartMissing ? [t("plan.profile.part")] : []),
    ...(hasSea ? [sea] : []),
    ...(profile.places.some(({ ground }) => !ground) ? [t("plan.profile.legend.unknown")] : []),
  ];
  return <ProfilePlot profile={profile} isOld={check.state !== "checked"} note={notes.join(" · ")} />;
}
