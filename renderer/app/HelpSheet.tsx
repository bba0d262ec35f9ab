import { useWhole } from "../bridge/latest.js";
import { Button } from "../ui/Button.js";
import { actionTables } from "./actions.js";
import { useText } from "./text.js";

/** Every key in force here, from the same tables that route them. */
export function HelpSheet({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const tables = useWhole(actionTables);
  const rows = tables.flat().filter((action) => action.shortcut !== undefined);
  return (
    <div className="app-pop app-pop--help" role="dialog" aria-label={t("app.help.title")} data-testid="help-sheet">
      <h2>{t("app.help.title")}</h2>
      <dl className="app-keys">
        {rows.map((action) => (
          <div key={action.id} style={{ display: "contents" }}>
            <dt>
              <kbd>{action.shortcut}</kbd>
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
