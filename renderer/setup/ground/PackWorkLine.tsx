import type { PackWork } from "../../../src/contract/packMessages.js";
import { useText } from "../../app/text.js";
import { useWhole } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import { Button } from "../../ui/Button.js";
import { Meter } from "../../ui/Meter.js";

/** How far the station is with a pack, and a button that stops it; nothing while it does something else. */
export function PackWorkLine({ what }: { readonly what: PackWork["what"] }) {
  const t = useText();
  const station = useStation();
  const work = useWhole(station.packWork);
  if (work?.what !== what) return null;
  const words = t(`setup.ground.work.${what}`, { name: work.name, file: work.file });
  return (
    <div className="setup-form__row" role="status" data-testid={`pack-work-${what}`}>
      <span>{words}</span>
      <Meter
        label={words}
        fraction={work.bytesTotal === 0 ? 0 : work.bytesDone / work.bytesTotal}
        testId="pack-meter"
      />
      <Button
        label={t("setup.ground.work.stop")}
        tone="caution"
        testId={`pack-stop-${what}`}
        onPress={() => void station.request({ kind: "stop-pack-work" })}
      />
    </div>
  );
}
