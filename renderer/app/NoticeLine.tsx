import { useState } from "react";
import { useWhole } from "../bridge/latest.js";
import { useStation } from "../bridge/StoresContext.js";
import { Button } from "../ui/Button.js";
import { Toast } from "../ui/Toast.js";
import { noticeText } from "./noticeText.js";
import { useText } from "./text.js";
import { useFormat } from "./useFormat.js";

const SIGN = { info: "", caution: "▲ ", danger: "■ " } as const;

/** The newest notice of the station; a click lists all of them. */
export function NoticeLine() {
  const t = useText();
  const format = useFormat();
  const notices = useWhole(useStation().notices);
  const [isOpen, setIsOpen] = useState(false);
  const last = notices.at(-1);
  const words = last && `${SIGN[last.severity]}${format.utcText(last.unixTimeUs)} ${noticeText(t, last)}`;
  return (
    <>
      <button
        type="button"
        data-tone={last?.severity}
        data-testid="notice-line"
        aria-expanded={isOpen}
        aria-label={t("app.notices")}
        title={words}
        onClick={() => setIsOpen((open) => !open)}
      >
        {words ?? t("app.notices")}
      </button>
      {isOpen && (
        <div className="app-pop app-pop--notices" role="dialog" aria-label={t("app.notices")}>
          <h2>{t("app.notices")}</h2>
          {notices.length === 0 && <span>{t("app.notices.none")}</span>}
          <ol>
            {notices
              .map((notice) => (
                <li key={notice.id}>
                  <Toast
                    tone={notice.severity}
                    title={noticeText(t, notice)}
                    advice={format.utcText(notice.unixTimeUs)}
                  />
                </li>
              ))
              .reverse()}
          </ol>
          <Button label={t("app.close")} isSmall onPress={() => setIsOpen(false)} />
        </div>
      )}
    </>
  );
}
