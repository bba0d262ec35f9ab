import { type ReactNode, useCallback, useSyncExternalStore } from "react";
import { type Format, joined } from "../app/format.js";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { Panel } from "../ui/Panel.js";
import {
  aboveHomeNow,
  airSpeedNow,
  amslNow,
  batteryNow,
  climbNow,
  groundSpeedNow,
  isArmedNow,
  missionItemNow,
  modeNow,
  type Moment,
  headingNow,
  satellitesNow,
  silenceS,
} from "./instruments.js";
import type { Player } from "./player.js";

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

/** Re-renders only when the text changes, whichever of clock, state and sample moved. */
function useMoment(player: Player, words: (moment: Moment) => string): string {
  const { clock, state, sample, report, track } = player;
  const subscribe = useCallback(
    (notify: () => void) => {
      const stops = [clock.onChange(notify), state.onChange(notify), sample.onChange(notify)];
      return () => stops.forEach((stop) => stop());
    },
    [clock, state, sample],
  );
  return useSyncExternalStore(subscribe, () =>
    words({ atUnixUs: clock.get().atUnixUs, state: state.get(), sample: sample.get(), report, track }),
  );
}

const orNothing = (value: number | undefined, words: (known: number) => string): string =>
  value === undefined ? NOTHING : words(value);

function batteryWords(moment: Moment, format: Format): string {
  const { fraction, volts } = batteryNow(moment);
  if (fraction !== undefined) return format.percentText(fraction);
  return orNothing(volts, (known) => `${format.numberText(known, 1)}\u00a0V`);
}

/** The instruments at the replayed moment, formatted as in flight, on the recording's clock. */
export function NowPanel({ player }: { readonly player: Player }) {
  const t = useText();
  const format = useFormat();
  const mode = useMoment(player, (moment) => modeNow(moment) ?? NOTHING);
  const armed = useMoment(player, (moment) => {
    const isArmed = isArmedNow(moment);
    return isArmed === undefined ? NOTHING : t(isArmed ? "review.armed" : "review.disarmed");
  });
  const silence = useMoment(player, (moment) => {
    const ageS = silenceS(moment);
    if (ageS === undefined) return t("review.before");
    return ageS > SILENT_AFTER_S ? t("review.silent", { age: format.ageText(ageS) }) : "";
  });
  const lengthWords = (valueM: number): string => joined(format.lengthOf(valueM));
  const height = useMoment(player, (moment) => orNothing(aboveHomeNow(moment), lengthWords));
  const amsl = useMoment(player, (moment) => orNothing(amslNow(moment), lengthWords));
  const overGround = useMoment(player, (moment) => orNothing(groundSpeedNow(moment), format.speedText));
  const throughAir = useMoment(player, (moment) => orNothing(airSpeedNow(moment), format.speedText));
  const climb = useMoment(player, (moment) => orNothing(climbNow(moment), (mps) => format.speedText(mps, 1)));
  const headingText = useMoment(player, (moment) => orNothing(headingNow(moment), format.bearingText));
  const battery = useMoment(player, (moment) => batteryWords(moment, format));
  const satellites = useMoment(player, (moment) => orNothing(satellitesNow(moment), String));
  const item = useMoment(player, (moment) => missionItemNow(moment) ?? NOTHING);
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
          {armed}
        </Reading>
        <Reading label={t("review.height")} testId="review-height">
          {height}
        </Reading>
        <Reading label={t("review.amsl")}>{amsl}</Reading>
        <Reading label={t("review.speed")}>{overGround}</Reading>
        <Reading label={t("review.air-speed")}>{throughAir}</Reading>
        <Reading label={t("review.climb")}>{climb}</Reading>
        <Reading label={t("review.heading")}>{headingText}</Reading>
        <Reading label={t("review.battery")}>{battery}</Reading>
        <Reading label={t("review.gps")} testId="review-satellites">
          {satellites}
        </Reading>
        <Reading label={t("review.item")}>{item}</Reading>
      </div>
    </Panel>
  );
}
