import { useEffect, useRef } from "react";
import { openDangers } from "../../app/NoticeBanner.js";
import { noticeText } from "../../app/noticeText.js";
import { settings } from "../../app/settings.js";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useStation } from "../../bridge/StationContext.js";
import type { Alert } from "../../panels/AlertStrip.js";
import { SILENT, stepAlarm } from "./alarm.js";
import { sound } from "./alarmSound.js";
import { flyViewStoreOf } from "../flyViewStore.js";
import { flyAlerts } from "./flyAlerts.js";
import { gatherAlertFacts } from "./gatherAlertFacts.js";

const LISTEN_MS = 1000;
const NOTHING_DISMISSED: ReadonlySet<string> = new Set();

/** True for notices about an aircraft (not about links or disks), for which the alert strip has no alert of its own. */
const isFlightDanger = (key: string): boolean =>
  (key.startsWith("flight-") && key !== "flight-fence-breach") || key === "late-effect";

/** Sounds and speaks the alerts in every workspace: a pilot who is planning must hear that a link is lost. */
export function AlarmKeeper() {
  const t = useText();
  const format = useFormat();
  const station = useStation();
  const state = useRef(SILENT);
  useEffect(() => {
    const flyView = flyViewStoreOf(station);
    const timer = setInterval(() => {
      const facts = gatherAlertFacts(flyView, station, NOTHING_DISMISSED);
      const alerts = [
        ...flyAlerts(facts, { t, format, onDismiss: () => undefined }),
        ...openDangers(station.notices.get())
          .filter(({ key }) => isFlightDanger(key))
          .map((notice): Alert => ({ id: notice.id, tone: "danger", what: noticeText(t, notice), advice: "" })),
      ];
      const { isMuted, language } = settings.get();
      const [next, utterance] = stepAlarm(state.current, alerts, { isMuted, nowMs: performance.now() });
      state.current = next;
      if (utterance) sound(utterance, language);
    }, LISTEN_MS);
    return () => clearInterval(timer);
  }, [station, t, format]);
  return null;
}
