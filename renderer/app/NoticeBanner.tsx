import { useState } from "react";
import { useLatest } from "../bridge/latest.js";
import { useStation } from "../bridge/StationContext.js";
import { Button } from "../ui/Button.js";
import { noticeText } from "./noticeText.js";
import { useText } from "./text.js";

/** A danger stays on screen until a person says that they have understood it. */
export function NoticeBanner() {
  const t = useText();
  const { notices } = useStation();
  const [understoodId, setUnderstoodId] = useState<string | undefined>(undefined);
  const lastDanger = () => notices.get().findLast(({ severity }) => severity === "danger");
  // The same trouble a second time has the same id, but another time.
  const nameOf = (): string | undefined => {
    const notice = lastDanger();
    return notice && `${notice.id} ${notice.unixTimeUs}`;
  };
  const id = useLatest(notices, nameOf);
  const danger = lastDanger();
  if (id === undefined || !danger || id === understoodId) return null;
  return (
    <div className="app-banner" data-tone="danger" role="alert" data-testid="danger-notice">
      <strong>■ {noticeText(t, danger)}</strong>
      <Button label={t("app.notices.dismiss")} isSmall onPress={() => setUnderstoodId(id)} />
    </div>
  );
}
