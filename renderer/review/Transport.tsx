import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { isArmed } from "../../src/vehicle/selectors/airborne.js";
import { useLatest } from "../bridge/latest.js";
import { useStation } from "../bridge/StoresContext.js";
import { Button } from "../ui/Button.js";
import { Segments } from "../ui/Segments.js";
import type { Player } from "./player.js";
import { PACES, setPace } from "./replayClock.js";
import type { ReviewActions } from "./reviewActions.js";

/** Play button, speed and current time. */
export function Transport({ player, actions }: { readonly player: Player; readonly actions: ReviewActions }) {
  const t = useText();
  const format = useFormat();
  const { clock } = player;
  const isAnythingArmed = useLatest(useStation().vehicles, (vehicles) => vehicles.some((v) => isArmed(v) === true));
  const isPlaying = useLatest(clock, (c) => c.isPlaying);
  const pace = useLatest(clock, (c) => c.paceFactor);
  const time = useLatest(clock, (c) => format.utcText(c.atUnixUs));
  const since = useLatest(clock, (c) => format.spanText((c.atUnixUs - c.firstUnixUs) / 1e6));
  const total = format.spanText((clock.get().lastUnixUs - clock.get().firstUnixUs) / 1e6);
  return (
    <div className="review-transport">
      <Button
        label={t(isPlaying ? "review.pause" : "review.play")}
        // While anything is armed Space pauses the aircraft, so no other button may show that key.
        shortcut={isAnythingArmed ? undefined : actions.play.shortcut}
        tone="select"
        testId="replay-play"
        isPressed={isPlaying}
        onPress={actions.play.perform}
      />
      <Segments
        label={t("review.pace")}
        testId="pace"
        selected={String(pace)}
        onSelect={(id) => player.change((before) => setPace(before, Number(id)))}
        options={PACES.map((factor) => ({ id: String(factor), label: `${factor}×` }))}
      />
      <span className="ui-number review-time" data-testid="replay-time">
        {time} UTC
      </span>
      <span className="ui-number review-since">
        {since} / {total}
      </span>
    </div>
  );
}
