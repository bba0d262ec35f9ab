import type { ReactNode } from "react";
import { joined } from "../app/format.js";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { useLatest } from "../bridge/latest.js";
import { Panel } from "../ui/Panel.js";
import type { Player } from "./player.js";
import { isArmedAt, modeAt, sampleAgeS } from "./sampleAt.js";

const SILENT_AFTER_S = 3;
const NOTHING = "–";

function Reading({
  label,
  testId,
  children,
}: {
  readonly label: string;
  readonly testId?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="review-reading">
      <b data-testid={testId}>{children}</b>
      <span>{label}</span>
    </div>
  );
}

/** The instruments as they stood: the same numbers, the same rounding as in flight. */
export function NowPanel({ player }: { readonly player: Player }) {
  const t = useText();
  const format = useFormat();
  const { clock, sample, track, document } = player;
  const report = document.report.vehicles[0];
  const mode = useLatest(clock, (c) => (report && modeAt(report, c.atUnixUs)) ?? NOTHING);
  const isArmed = useLatest(clock, (c) => report !== undefined && isArmedAt(report, c.atUnixUs));
  const silence = useLatest(clock, (c) => {
    const ageS = sampleAgeS(track, c.atUnixUs);
    if (ageS === undefined) return t("review.before");
    return ageS > SILENT_AFTER_S ? t("review.silent", { age: format.ageText(ageS) }) : "";
  });
  const height = useLatest(sample, (s) => (s ? joined(format.lengthOf(s.altitudeAboveHomeM)) : NOTHING));
  const amsl = useLatest(sample, (s) => (s ? joined(format.lengthOf(s.altitudeAmslM)) : NOTHING));
  const overGround = useLatest(sample, (s) =>
    s?.groundSpeedMps === undefined ? NOTHING : format.speedText(s.groundSpeedMps),
  );
  const nose = useLatest(sample, (s) => (s?.headingDeg === undefined ? NOTHING : format.bearingText(s.headingDeg)));
  const battery = useLatest(sample, (s) => {
    if (s?.batteryFraction !== undefined) return format.percentText(s.batteryFraction);
    return s?.batteryVoltageV === undefined ? NOTHING : `${format.numberText(s.batteryVoltageV, 1)}\u00a0V`;
  });
  return (
    <Panel
      title={t("review.now")}
      testId="review-now"
      aside={silence === "" ? undefined : <span className="review-silent">{silence}</span>}
    >
      <div className="review-readings" data-silent={silence !== ""}>
        <Reading label={t("review.mode")} testId="review-mode">
          {mode}
        </Reading>
        <Reading label={"\u00a0"} testId="review-armed">
          {t(isArmed ? "review.armed" : "review.disarmed")}
        </Reading>
        <Reading label={t("review.height")} testId="review-height">
          {height}
        </Reading>
        <Reading label={t("review.amsl")}>{amsl}</Reading>
        <Reading label={t("review.speed")}>{overGround}</Reading>
        <Reading label={t("review.heading")}>{nose}</Reading>
        <Reading label={t("review.battery")}>{battery}</Reading>
      </div>
    </Panel>
  );
}
