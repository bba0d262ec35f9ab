import { useCallback, useMemo, useState } from "react";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useTick } from "../../app/useTick.js";
import { useStation } from "../../bridge/StoresContext.js";
import { AlertStrip } from "../../panels/AlertStrip.js";
import { useFly } from "../FlyContext.js";
import { flyAlerts } from "./flyAlerts.js";
import { gatherAlertFacts } from "./gatherAlertFacts.js";

/** The alert strip; its facts are sampled four times a second. */
export function FlyAlerts() {
  const t = useText();
  const format = useFormat();
  const station = useStation();
  const { flyView } = useFly();
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  const gather = useMemo(
    () => () => {
      const facts = gatherAlertFacts(flyView, station, dismissed);
      return flyAlerts(facts, { t, format, onDismiss: (id) => setDismissed((before) => new Set([...before, id])) });
    },
    [flyView, station, dismissed, t, format],
  );
  // Re-renders only when the texts change.
  useTick(useCallback(() => gather().map(({ id, what, advice }) => [id, what, advice]), [gather]));
  return <AlertStrip alerts={gather()} />;
}
