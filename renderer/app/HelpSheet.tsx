import { useMemo } from "react";
import { useWhole } from "../bridge/latest.js";
import { useStore } from "../bridge/StoresContext.js";
import { Button } from "../ui/Button.js";
import { type Action, keyStore, useActionKeys } from "./actions.js";
import { shortcutText } from "./shortcutText.js";
import { useText } from "./text.js";

/** All keyboard shortcuts that work here, from the same action tables that route the keys. */
export function HelpSheet({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const tables = useWhole(useStore(keyStore).tables);
  // The newest table is asked first: while the sheet is open, Escape closes it and nothing else.
  useActionKeys(
    useMemo(
      (): readonly Action[] => [
        { id: "close-help", labelKey: "app.close", shortcut: "Escape", isEnabled: () => true, perform: onClose },
      ],
      [onClose],
    ),
  );
  const rows = tables.flat().filter(({ shortcut, id }) => shortcut !== undefined && id !== "close-help");
  return (
    <div className="app-pop app-pop--help" role="dialog" aria-label={t("app.help.title")} data-testid="help-sheet">
      <h2>{t("app.help.title")}</h2>
      <dl className="app-keys">
        {rows.map((action) => (
          <div key={action.id} style={{ display: "contents" }}>
            <dt>
              <kbd>{shortcutText(t, action.shortcut ?? "")}</kbd>
            </dt>
            <dd>{t(action.labelKey)}</dd>
          </div>
        ))}
      </dl>
      <span>{t("app.help.more")}</span>
      <Button label={t("app.close")} isSmall onPress={onClose} />
    </div>
  );
}
