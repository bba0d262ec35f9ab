import { useEffect, useRef, useState } from "react";
import { acknowledgedNotices, openDangers } from "../../app/openDangers.js";
import { noticeText } from "../../app/noticeText.js";
import { settingsStore } from "../../app/settings.js";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useStation, useStore } from "../../bridge/StoresContext.js";
import type { Alert } from "../../panels/AlertStrip.js";
import { SILENT, stepAlarm } from "./alarm.js";
import { createAlarmSound } from "./alarmSound.js";
import { flyViewStore } from "../flyViewStore.js";
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
  const flyView = useStore(flyViewStore);
  const { values: settings } = useStore(settingsStore);
  const acknowledged = useStore(acknowledgedNotices);
  const [sound] = useState(createAlarmSound);
  const state = useRef(SILENT);
  useEffect(() => {
    const timer = setInterval(() => {
      const facts = gatherAlertFacts(flyView, station, NOTHING_DISMISSED);
      const alerts = [
        ...flyAlerts(facts, { t, format, onDismiss: () => undefined }),
        ...openDangers(station.notices.get(), acknowledged.get())
          .filter(({ key }) => isFlightDanger(key))
          .map((notice): Alert => ({ id: notice.id, tone: "danger", what: noticeText(t, notice), advice: "" })),
      ];
      const { isMuted, language } = settings.get();
      const [next, utterance] = stepAlarm(state.current, alerts, { isMuted, nowMs: performance.now() });
      state.current = next;
      if (utterance) sound(utterance, language);
    }, LISTEN_MS);
    return () => clearInterval(timer);
  }, [station, flyView, settings, acknowledged, sound, t, format]);
  return null;
}
